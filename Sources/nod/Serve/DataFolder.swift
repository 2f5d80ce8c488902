import FixedMemory
import Foundation
import LinuxIO

/// The folder of all that must last, held by one server at a time.
struct DataFolder: ~Copyable, Sendable {
  /// Its path.
  let path: String
  private let lock: File

  /// Makes the folder where it is missing and takes its lock, which ends with the process.
  init(_ path: String) throws(CommandFailure) {
    let lock = try Self.lock(of: path)
    self.path = path
    self.lock = lock
  }

  /// Holds a folder for as long as the value lives, so that no server starts on it meanwhile; nil
  /// where none ever did.
  ///
  /// - Throws: a ``CommandFailure`` when a server holds it.
  static func lockForReading(_ path: String) throws(CommandFailure) -> FolderLock? {
    let lock: FolderLock
    do {
      guard try FileStatus.of("\(path)/lock") != nil else { return nil }
      lock = FolderLock(file: try File("\(path)/lock", .read))
      if try lock.file.tryLock() { return lock }
    } catch {
      throw CommandFailure(status: .inputOutput, message: "\(error)")
    }
    throw CommandFailure(
      status: .tryLater, message: "\(path): a server holds this data_dir; stop it first")
  }

  /// The server that holds a folder, by the number it wrote into the lock; nil when nobody does.
  ///
  /// `/proc/locks` would tell as well, but it comes in pages, and what another process lets go
  /// between two of them moves a lock out of sight.
  static func holder(of path: String) -> Int32? {
    guard let lock = try? File("\(path)/lock", .read), (try? lock.tryLock()) == false,
      let text = try? String(contentsOfFile: lock.path, encoding: .utf8)
    else { return nil }
    return Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private static func lock(of path: String) throws(CommandFailure) -> File {
    do {
      try Directory(path).create()
      let lock = try File("\(path)/lock", .openOrCreate)
      if try lock.tryLock() {
        var number = FixedBuffer(capacity: 16)
        number.append(decimal: UInt64(getpid()))
        try lock.truncate(to: 0)
        try lock.write(number.bytes, at: 0)
        return lock
      }
    } catch {
      throw CommandFailure(status: .cannotCreate, message: "\(error)")
    }
    throw CommandFailure(
      status: .cannotCreate, message: "\(path): another server holds this data_dir")
  }
}

/// The lock of a data folder, held by a command that reads it.
final class FolderLock: Sendable {
  fileprivate let file: File

  fileprivate init(file: consuming File) { self.file = file }
}
