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
  /// The fewest bytes of a token: 128 bits where they are random.
  static let minimumTokenBytes = 16
  /// The most bytes of its file: far beyond any secret, so that a wrong file is noticed.
  static let fileBytes = 4_096

  /// What a secret must be like to be used.
  enum Kind: Sendable {
    /// Signs what is sent out: at least 32 bytes, for its owner alone.
    case signing
    /// Is compared with what is sent in: at least 16 bytes, and others may read its file, as they
    /// may where an orchestrator puts it; a warning says so.
    case token

    fileprivate var minimumBytes: Int {
      switch self {
      case .signing: SecretFile.minimumBytes
      case .token: SecretFile.minimumTokenBytes
      }
    }

    /// What others than the owner may not do, as bits of a file's mode.
    fileprivate var refusedMode: UInt32 {
      switch self {
      case .signing: 0o077
      case .token: 0o022
      }
    }
  }

  /// The key.
  let bytes: [UInt8]
  /// What is not as it should be, but no reason to refuse it.
  var warning: String?

  /// Reads the key of a path; makes one, durably, where nothing is.
  ///
  /// - Parameter name: the configuration's key that gives the path.
  /// - Throws: a ``CommandFailure`` that names the path and what is wrong with it.
  static func readOrMake(
    _ path: String, name: String, as kind: Kind = .signing
  ) throws(CommandFailure) -> SecretFile {
    if let key = try read(path, name: name, as: kind) { return key }
    do {
      try make(path)
    } catch {
      throw CommandFailure(status: .cannotCreate, message: "\(name): \(error)")
    }
    guard let key = try read(path, name: name, as: kind) else {
      throw CommandFailure(
        status: .cannotCreate, message: "\(name): \(path): vanished")
    }
    return key
  }

  /// Reads the key of a path; nil where nothing is.
  static func read(
    _ path: String, name: String, as kind: Kind = .signing
  ) throws(CommandFailure) -> SecretFile? {
    let bytes: [UInt8]
    let status: FileStatus
    do {
      guard let found = try FileStatus.of(path) else { return nil }
      status = found
      bytes = found.isRegular ? try File.contents(of: path, limit: fileBytes) : []
    } catch {
      throw CommandFailure(status: .configuration, message: "\(name): \(error)")
    }
    if let fault = fault(bytes, status, kind) {
      throw CommandFailure(
        status: .configuration, message: "\(name): \(path): \(fault)")
    }
    let isOpen = status.permissions & 0o077 != 0
    return SecretFile(
      bytes: trimmed(bytes),
      warning: isOpen
        ? "\(name): \(path): warning: others than its owner may use it (mode \(mode(status))); "
          + "chmod 600 it" : nil)
  }

  private static func mode(_ status: FileStatus) -> String {
    String(status.permissions & 0o777, radix: 8)
  }

  private static func fault(_ bytes: [UInt8], _ status: FileStatus, _ kind: Kind) -> String? {
    guard status.isRegular else { return "is no ordinary file" }
    guard status.permissions & kind.refusedMode == 0 else {
      return
        "others than its owner may use it (mode \(mode(status))); chmod 600 it, or remove it for a "
        + "new key if the old one may be known"
    }
    let count = trimmed(bytes).count
    return count < kind.minimumBytes
      ? "\(count) bytes are no key; it needs at least \(kind.minimumBytes)" : nil
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
