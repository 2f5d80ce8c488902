import AuctionTypes
import Glibc
import LinuxIO
import Synchronization
import Testing

@testable import AudienceIngest

@Suite struct InboxTests {
  final class Log: Sendable {
    let lines = Mutex<[String]>([])
    let isStopping = Mutex(false)
  }

  let store = ModelStore()
  let clock = TestClock()
  let log = Log()
  let root = Directory("/tmp/nod-inbox-\(getpid())-\(UInt64.random(in: 0...UInt64.max))")

  func inbox() -> Inbox<ModelStore> {
    var settings = IngestSettings(now: { [clock] in clock.now })
    settings.log = { [log] line in log.lines.withLock { $0.append(line) } }
    settings.isStopping = { [log] in log.isStopping.withLock { $0 } }
    return Inbox(
      path: root.path, sources: [.adobe(), .suppression], store: store, settings: settings,
      counters: UploadCounters(sources: ["aam", "optout"]), publish: {})
  }

  func drop(_ path: String, _ text: String) throws {
    let file = try File(root.path(of: path), .createNew)
    try file.write(Array(text.utf8).rawSpan)
  }

  @Test func takesSuppressionsBeforeAudiences() throws {
    defer { try? root.removeAll() }
    let inbox = inbox()
    #expect(inbox.poll())
    try drop("aam/ftp_1_iter_1486140844000.sync", "u1 24\n")
    try drop("optout/today.txt", "nod:u1\n")
    for _ in 0..<2 { inbox.poll() }
    #expect(try root.directory("aam/done").list().count == 2)
    let report = try File.contents(
      of: root.path(of: "optout/done/today.txt.report.json"), limit: 1000)
    #expect(IngestReport(json: report)?.generation == 1)
    #expect(store.generation == 2)
  }

  @Test func saysAProblemOnceAndTriesAgain() throws {
    defer { try? root.removeAll() }
    let inbox = inbox()
    inbox.poll()
    try drop("aam/ftp_1_iter_1486140844000.sync", "u1 24\n")
    let full = FileError(operation: "write", path: "segments", code: ENOSPC)
    store.failures = [full, full]
    for _ in 0..<3 { inbox.poll() }
    #expect(
      log.lines.withLock { $0 } == [
        "audience source aam: segments: write: No space left on device"
      ])
    inbox.poll()
    #expect(store.generation == 1)
    #expect(try root.directory("aam").list() == ["done", "rejected"])
  }

  @Test func makesAFolderAgainThatWasTakenAway() throws {
    defer { try? root.removeAll() }
    let inbox = inbox()
    inbox.poll()
    try root.directory("aam").removeAll()
    inbox.poll()
    #expect(log.lines.withLock { $0.count } == 1)
    inbox.poll()
    #expect(try root.directory("aam").list() == ["done", "rejected"])
  }

  @Test func leavesAHalfReadFileWhenItIsToStop() throws {
    defer { try? root.removeAll() }
    let inbox = inbox()
    inbox.poll()
    let many = String(repeating: "u1 24\n", count: 70_000)
    try drop("aam/ftp_1_iter_1486140844000.sync", many)
    inbox.poll()
    let calls = Mutex(0)
    var settings = IngestSettings(now: { [clock] in clock.now })
    // The first question is before the file, the second within it.
    settings.isStopping = {
      calls.withLock {
        $0 += 1
        return $0 > 1
      }
    }
    let source = SourceInbox(
      source: .adobe(), path: root.path(of: "aam"), store: store, settings: settings,
      counters: UploadCounters(sources: []), publish: {})
    try source.poll()
    #expect(throws: IngestInterrupted.self) {
      for _ in 0..<4 { try source.poll() }
    }
    #expect(store.generation == 0)
    log.isStopping.withLock { $0 = true }
    #expect(inbox.poll() == false)
    inbox.run { Issue.record("it waits though it is to stop") }
    log.isStopping.withLock { $0 = false }
    for _ in 0..<2 { inbox.poll() }
    #expect(store.generation == 1)
  }

  @Test func runsUntilItIsToStop() throws {
    defer { try? root.removeAll() }
    var waits = 0
    inbox().run {
      waits += 1
      if waits == 3 { log.isStopping.withLock { $0 = true } }
    }
    #expect(waits == 3)
    #expect(try root.directory("optout").list() == ["done", "rejected"])
  }
}
