/// Why a command ends, with its exit code as sysexits(3) numbers them.
struct LoadFailure: Error {
  /// The exit code.
  let status: Int32
  /// The line that says why, naming the option or the place first.
  let message: String

  /// Wrong options.
  static func usage(_ message: String) -> LoadFailure { LoadFailure(status: 64, message: message) }
  /// A file with wrong content.
  static func data(_ message: String) -> LoadFailure { LoadFailure(status: 65, message: message) }
  /// The target cannot be reached.
  static func unavailable(_ message: String) -> LoadFailure {
    LoadFailure(status: 69, message: message)
  }
  /// Something of the system is missing.
  static func system(_ message: String) -> LoadFailure { LoadFailure(status: 71, message: message) }
  /// An interrupt ended it before there was anything to report.
  static func stopped(_ message: String) -> LoadFailure {
    LoadFailure(status: 130, message: message)
  }
  /// A file cannot be written.
  static func output(_ message: String) -> LoadFailure { LoadFailure(status: 73, message: message) }
}
