import Foundation
import LinuxIO

/// The bearer key that a command shows a server; it never stands on a command line, where others
/// would see it.
struct ClientKey: Sendable {
  /// The file that is read where nothing else is said: the one that `nod serve` makes.
  static let usualFile = "control.token"

  /// The key.
  let text: String

  /// The key of `--key-file`, else of `NOD_KEY`, else of the file of `NOD_KEY_FILE`, else of
  /// ``usualFile``.
  ///
  /// - Throws: a ``CommandFailure`` with `noPermission` that says which was tried.
  static func find(
    file: String?, environment: [String: String]
  ) throws(CommandFailure) -> ClientKey {
    if let file { return try read(file, from: "--key-file") }
    if let key = environment["NOD_KEY"], !key.isEmpty {
      return try ClientKey(key, from: "NOD_KEY")
    }
    if let file = environment["NOD_KEY_FILE"], !file.isEmpty {
      return try read(file, from: "NOD_KEY_FILE")
    }
    return try read(usualFile, from: "no --key-file, NOD_KEY or NOD_KEY_FILE")
  }

  private static func read(_ path: String, from origin: String) throws(CommandFailure) -> ClientKey
  {
    let bytes: [UInt8]
    do {
      guard let status = try FileStatus.of(path) else {
        throw CommandFailure(status: .noPermission, message: "\(origin): \(path): no such file")
      }
      guard status.isRegular, status.size <= ClientLimits.keyBytes else {
        throw CommandFailure(status: .noPermission, message: "\(origin): \(path): is no key")
      }
      bytes = try File.contents(of: path, limit: ClientLimits.keyBytes)
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(status: .noPermission, message: "\(origin): \(error)")
    }
    return try ClientKey(String(decoding: bytes, as: UTF8.self), from: "\(origin): \(path)")
  }

  private init(_ text: String, from origin: String) throws(CommandFailure) {
    self.text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !self.text.isEmpty, self.text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw CommandFailure(status: .noPermission, message: "\(origin): is no key")
    }
  }
}
