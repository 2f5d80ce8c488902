import ControlStore
import Cryptography
import FixedMemory
import LinuxIO
import Synchronization

/// A file of the inbox that is not complete: under a name that the inbox leaves alone, hashed as it
/// grows. All its work blocks.
final class PartialFile: Sendable {
  private struct State: ~Copyable, Sendable {
    let file: File
    var digest: Digest?
    var count: Int
    var isSuperseded = false
  }

  /// The folder of its source.
  let folder: Directory
  /// Its name there.
  let name: String
  private let state: Mutex<State>

  /// Bytes read at a time when a file is gone on with.
  private static let chunkBytes = 1 << 20

  /// More than a tick of any kernel's clock.
  private static let inboxMilliseconds: Int64 = 20

  /// Opens it; what is there already is kept, and hashed anew, or dropped.
  ///
  /// - Complexity: O(bytes) when resuming.
  init(_ name: String, in folder: Directory, resuming: Bool) throws(FileError) {
    let file = try File(folder.path(of: name), .openOrCreate)
    var digest = Digest(.sha256)
    var count = 0
    if resuming {
      count = try Self.hash(file, into: &digest)
    } else {
      try file.truncate(to: 0)
    }
    self.folder = folder
    self.name = name
    state = Mutex(State(file: file, digest: digest, count: count))
  }

  /// What the partial of a file is called: for one of a known hash always the same, so that it is
  /// found again.
  static func name(file: String, sha256: String?, job: String) -> String {
    guard let sha256 else { return "\(prefix)\(job)\(suffix)" }
    var digest = Digest(.sha256)
    let bytes = Array("\(sha256)\n\(file)".utf8)
    digest.update(bytes.rawSpan)
    return "\(prefix)\(digest.hexadecimal())\(suffix)"
  }

  /// What the partial of a complete file may be called: whether its hash was known from the start
  /// is not written down.
  static func names(of job: UploadJob) -> [String] {
    [job.sha256, nil].map { name(file: job.file, sha256: $0, job: job.id) }
  }

  /// Whether an entry of a source's folder is a partial.
  static func isPartial(_ name: String) -> Bool {
    name.hasPrefix(prefix) && name.hasSuffix(suffix)
  }

  private static let prefix = ".upload-"
  private static let suffix = ".part"

  /// Bytes on their way to the disk.
  var count: Int { state.withLock { $0.count } }

  /// Writes bytes at its end.
  ///
  /// - Throws: ``FileError``; ``Superseded`` once another goes on with the file.
  func append(_ bytes: [UInt8]) throws {
    try state.withLock { state in
      guard !state.isSuperseded else { throw Superseded() }
      try state.file.write(bytes.rawSpan, at: state.count)
      state.digest?.update(bytes.rawSpan)
      state.count += bytes.count
    }
  }

  /// Lets no more bytes in: another goes on with the file.
  func supersede() { state.withLock { $0.isSuperseded = true } }

  /// Waits until it is on the disk; returns its SHA-256. Nothing may be appended any more.
  func seal() throws -> String {
    try state.withLock { state in
      guard !state.isSuperseded, let digest = state.digest.take() else { throw Superseded() }
      // So that the inbox sees at its first look that the file was complete before its rename.
      try state.file.setModified(millisecondsAgo: Self.inboxMilliseconds)
      try state.file.sync()
      return digest.hexadecimal()
    }
  }

  /// Keeps what is there on the disk; false when another goes on with the file.
  func keep() -> Bool {
    state.withLock { state in
      guard !state.isSuperseded else { return false }
      try? state.file.syncData()
      return true
    }
  }

  /// Removes it.
  func remove() { _ = try? folder.remove(name) }

  private static func hash(
    _ file: borrowing File, into digest: inout Digest
  ) throws(FileError) -> Int {
    var chunk = FixedBuffer(capacity: chunkBytes)
    var count = 0
    while try file.read(at: count, into: &chunk) > 0 {
      digest.update(chunk.bytes)
      count += chunk.count
      chunk.removeAll()
    }
    return count
  }

  /// Another request goes on with the file.
  struct Superseded: Error {}
}
