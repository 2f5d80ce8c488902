import Cryptography
import FixedMemory
import Foundation
import LinuxIO

/// A secret of the server, such as the key that signs notice URLs: the bytes of a file that its
/// owner alone may read, less white space at its end.
struct SecretFile: Sendable, Equatable {
  /// Random bytes of a key that is made, written as twice as many hexadecimal digits.
  static let madeBytes = 32
  /// The fewest bytes of a key: what SHA-256 gives.
  static let minimumBytes = 32
  /// The most bytes of its file: far beyond any secret, so that a wrong file is noticed.
  static let fileBytes = 4_096

  /// The key.
  let bytes: [UInt8]

  /// Reads the key of a path; makes one, durably, where nothing is.
  ///
  /// - Parameter name: the configuration's key that gives the path.
  /// - Throws: a ``CommandFailure`` that names the path and what is wrong with it.
  static func readOrMake(
    _ path: String, name: String
  ) throws(CommandFailure) -> SecretFile {
    if let key = try read(path, name: name) { return key }
    do {
      try make(path)
    } catch {
      throw CommandFailure(status: .cannotCreate, message: "\(name): \(error)")
    }
    guard let key = try read(path, name: name) else {
      throw CommandFailure(
        status: .cannotCreate, message: "\(name): \(path): vanished")
    }
    return key
  }

  /// Reads the key of a path; nil where nothing is.
  static func read(_ path: String, name: String) throws(CommandFailure) -> SecretFile? {
    let bytes: [UInt8]
    let status: FileStatus
    do {
      guard let found = try FileStatus.of(path) else { return nil }
      status = found
      bytes = found.isRegular ? try File.contents(of: path, limit: fileBytes) : []
    } catch {
      throw CommandFailure(status: .configuration, message: "\(name): \(error)")
    }
    if let fault = fault(bytes, status) {
      throw CommandFailure(
        status: .configuration, message: "\(name): \(path): \(fault)")
    }
    return SecretFile(bytes: trimmed(bytes))
  }

  private static func fault(_ bytes: [UInt8], _ status: FileStatus) -> String? {
    guard status.isRegular else { return "is no ordinary file" }
    guard status.permissions & 0o077 == 0 else {
      let mode = String(status.permissions & 0o777, radix: 8)
      return "others than its owner may use it (mode \(mode)); chmod 600 it, or remove it for a "
        + "new key if the old one may be known"
    }
    let count = trimmed(bytes).count
    return count < minimumBytes
      ? "\(count) bytes are no key; it needs at least \(minimumBytes)" : nil
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    while let last = bytes.last, last == 0x20 || (0x09...0x0D).contains(last) {
      bytes.removeLast()
    }
    return bytes
  }

  /// Writes a new key beside the path and renames it there, so that no half of one is ever seen.
  private static func make(_ path: String) throws(FileError) {
    let (folder, name) = Directory.parent(of: path)
    try folder.create()
    let digits = SecureRandom.bytes(madeBytes).map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }
    let staged = ".\(name).new"
    try folder.remove(staged)
    let file = try File(folder.path(of: staged), .createNew, mode: 0o600)
    try file.write(Array((digits.joined() + "\n").utf8).rawSpan)
    try file.sync()
    try folder.rename(staged, to: name)
    try folder.sync()
  }
}
