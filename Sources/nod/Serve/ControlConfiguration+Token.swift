import Logging

extension ControlConfiguration {
  /// The token of the first administrator; made where there is no file. A file that others may read
  /// is used, and warned of.
  func administratorToken() throws(CommandFailure) -> [UInt8] {
    let file = try SecretFile.readOrMake(tokenFile, name: "control.token_file", as: .token)
    if let warning = file.warning { Logger(label: "nod").log(.warning, .problem, warning) }
    return file.bytes
  }
}
