import AuctionTypes
import Cryptography
import FixedMemory
import Glibc
import LinuxIO
import Support
import Synchronization
import Testing

@testable import AudienceIngest

/// A source's folder in a temporary inbox, with a clock that only a test moves.
final class InboxFixture<Store: UploadStore> {
  let source: AudienceSource
  let root: Directory
  private(set) var store: Store!
  let clock = TestClock()
  let counters: UploadCounters
  private(set) var inbox: SourceInbox<Store>!
  /// The store's generations that were published.
  private(set) var published: [UInt64] = []
  private let settings: IngestSettings

  init(_ source: AudienceSource, store: Store) throws {
    self.source = source
    self.store = store
    root = Directory("/tmp/nod-ingest-\(getpid())-\(UInt64.random(in: 0...UInt64.max))")
    counters = UploadCounters(sources: [source.name])
    let clock = self.clock
    settings = IngestSettings(now: { clock.now })
    try restart()
  }

  deinit { try? root.removeAll() }

  /// Lets go of the inbox and its store, as the end of a process does.
  func stop() {
    inbox = nil
    store = nil
  }

  /// Puts a new inbox in the place of the old one, as a new process would.
  func restart(store newStore: Store? = nil) throws {
    store = newStore ?? store
    inbox = SourceInbox(
      source: source, path: root.path, store: store, settings: settings, counters: counters,
      publish: { [unowned self] in published.append(store.generation) })
    try inbox.start()
  }

  func drop(_ name: String, _ text: String) throws { try drop(name, bytes: Array(text.utf8)) }

  /// Writes a file beside the inbox and renames it in.
  func drop(_ name: String, bytes: [UInt8]) throws {
    try root.remove(".dropped")
    do {
      let file = try File(root.path(of: ".dropped"), .createNew)
      try file.write(bytes.rawSpan)
    }
    try root.rename(".dropped", to: name)
  }

  /// Writes at the end of a file in the inbox.
  func append(_ text: String, to name: String) throws {
    let file = try File(root.path(of: name), .append)
    try file.write(Array(text.utf8).rawSpan)
  }

  /// Makes a symbolic link in the inbox.
  func link(_ name: String, to target: String) throws {
    try #require(makeSymbolicLink(root.path(of: name), to: target))
  }

  /// Looks often enough for every complete file to be taken in.
  func settle() throws {
    for _ in 0..<3 {
      clock.advance(1000)
      try inbox.poll()
    }
  }

  /// Drops a file and returns its report.
  @discardableResult
  func take(_ name: String, _ text: String) throws -> IngestReport {
    try take(name, bytes: Array(text.utf8))
  }

  @discardableResult
  func take(_ name: String, bytes: [UInt8]) throws -> IngestReport {
    try drop(name, bytes: bytes)
    try settle()
    return try #require(try report(name))
  }

  /// The report of a file, which stands beside the file and nowhere else.
  func report(_ name: String) throws -> IngestReport? {
    for folder in ["done", "rejected"] {
      let directory = root.directory(folder)
      guard try directory.list().contains(name + ".report.json") else { continue }
      guard try directory.list().contains(name), try !root.list().contains(name) else { continue }
      let bytes = try File.contents(
        of: directory.path(of: name + ".report.json"), limit: 1 << 20)
      let report = try #require(IngestReport(json: bytes))
      #expect(report.status == (folder == "done" ? .done : .rejected))
      #expect(report.file == name)
      return report
    }
    return nil
  }

  static func md5(_ bytes: [UInt8]) -> String {
    var digest = Digest(.md5)
    digest.update(bytes.rawSpan)
    return digest.hexadecimal()
  }
}

/// A clock that stands still but for ``advance(_:)``.
final class TestClock: Sendable {
  private let milliseconds = Mutex<Int64>(1_763_805_600_000)

  var now: WallTime { WallTime(milliseconds: milliseconds.withLock { $0 }) }

  func advance(_ step: Int64) { milliseconds.withLock { $0 += step } }
}

extension AudienceSource {
  /// An Adobe feed of ids of the space `nod`.
  static func adobe() -> AudienceSource {
    var source = AudienceSource(name: "aam", format: .adobeOutbound)
    source.idSpace = "nod"
    source.segmentPrefix = "aam:"
    return source
  }

  static var suppression: AudienceSource {
    AudienceSource(name: "optout", format: .suppression)
  }
}
