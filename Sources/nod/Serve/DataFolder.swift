import LinuxIO

/// The folder of all that must last, held by one server at a time.
struct DataFolder: ~Copyable {
  /// Its path.
  let path: String
  private let lock: File

  /// Makes the folder where it is missing and takes its lock, which ends with the process.
  init(_ path: String) throws(CommandFailure) {
    let lock = try Self.lock(of: path)
    self.path = path
    self.lock = lock
  }

  private static func lock(of path: String) throws(CommandFailure) -> File {
    do {
      try Directory(path).create()
      let lock = try File("\(path)/lock", .openOrCreate)
      if try lock.tryLock() { return lock }
    } catch {
      throw CommandFailure(status: .cannotCreate, message: "\(error)")
    }
    throw CommandFailure(
      status: .cannotCreate, message: "\(path): another server holds this data_dir")
  }
}
