import ArgumentParser

/// The exit codes of the commands, as sysexits(3) numbers them.
///
/// Wrong arguments are `EX_USAGE` (64), which the argument parser exits with itself.
enum ExitStatus: Int32 {
  /// An id that was looked up was not found.
  case notFound = 1
  /// The content of a file is wrong.
  case dataError = 65
  /// A file of data cannot be read.
  case noInput = 66
  /// An address cannot be listened at, or a server cannot be reached.
  case unavailable = 69
  /// Something went wrong inside.
  case software = 70
  /// A file or folder cannot be made, or another process holds it.
  case cannotCreate = 73
  /// Reading or writing failed.
  case inputOutput = 74
  /// A server holds the folder; later it may not.
  case tryLater = 75
  /// The server wants a key, or another one.
  case noPermission = 77
  /// The configuration is wrong.
  case configuration = 78

  /// What a command throws to exit with the status.
  var exit: ExitCode { ExitCode(rawValue) }
}

/// An error with the status that the process exits with and the line that says why.
struct CommandFailure: Error {
  /// The status.
  let status: ExitStatus
  /// What went wrong, naming the file or place first.
  let message: String
}
