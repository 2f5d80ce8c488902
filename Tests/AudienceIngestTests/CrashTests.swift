import AudienceIndex
import LinuxIO
import Testing

@testable import AudienceIngest

@Suite struct CrashTests {
  struct Crash: Error {}

  static let name = "ftp_1_iter_1486140844000001.sync"

  @Test(arguments: IngestStep.allCases)
  func finishesAFileAfterACrashAtAnyStep(_ step: IngestStep) throws {
    let store = ModelStore()
    let fixture = try InboxFixture(.adobe(), store: store)
    try fixture.take("ftp_1_iter_1486140843000001.sync", "u0 1\n")
    try fixture.append("u1 24,x\nbad\nu2 26\n", to: Self.name)
    try fixture.inbox.poll()
    fixture.inbox.onStep = { if $0 == step { throw Crash() } }
    #expect(throws: Crash.self) { try fixture.inbox.poll() }
    try fixture.restart()
    try fixture.settle()
    let report = try #require(try fixture.report(Self.name))
    #expect(report.reason == nil)
    #expect(report.lines.stored == 2)
    #expect(report.lines.malformed == 1)
    #expect(report.lines.badSegments == 1)
    #expect(report.errors.map(\.line) == [1, 2])
    #expect(report.memberships == .init(added: 2))
    #expect(report.users == .init(new: 2, touched: 2))
    #expect(report.generation == 2)
    #expect(store.generation == 2)
    #expect(fixture.published.last == 2)
    #expect(try fixture.root.list() == ["done", "rejected"])
    #expect(try fixture.take(Self.name, "u1 24,x\nbad\nu2 26\n").reason == "replay")
  }

  @Test(arguments: IngestStep.allCases)
  func finishesABatchAfterACrashAtAnyStep(_ step: IngestStep) throws {
    var source = AudienceSource.adobe()
    source.manifest = .required
    for occurrence in 1...2 {
      let store = ModelStore()
      let fixture = try InboxFixture(source, store: store)
      let names = ["b_full_1486140844000001.sync", "b_full_1486140844000002.sync"]
      for name in names { try fixture.append("u1 1\n", to: name) }
      let listed = names.map { "{FileName:\($0)}" }.joined(separator: ",")
      try fixture.append("{Files:[\(listed)]}", to: "b.info")
      try fixture.inbox.poll()
      var seen = 0
      fixture.inbox.onStep = {
        if $0 == step { seen += 1 }
        if $0 == step, seen == occurrence { throw Crash() }
      }
      try? fixture.inbox.poll()
      try fixture.restart()
      try fixture.settle()
      for name in names + ["b.info"] {
        let report = try #require(try fixture.report(name))
        #expect(report.status == .done)
        #expect(report.reason == nil)
      }
      #expect(store.generation == 1)
      #expect(try fixture.root.list() == ["done", "rejected"])
    }
  }

  @Test(arguments: IngestStep.allCases)
  func reopensTheIndexAfterACrashAtAnyStep(_ step: IngestStep) throws {
    let index = try IndexFixture()
    let inbox = try InboxFixture(.adobe(), store: index.store)
    try inbox.take("ftp_1_iter_1486140843000001.sync", "u0 1\n")
    try inbox.append("u1 24,x\nbad\nu2 26\n", to: Self.name)
    try inbox.inbox.poll()
    inbox.inbox.onStep = { if $0 == step { throw Crash() } }
    #expect(throws: Crash.self) { try inbox.inbox.poll() }
    inbox.stop()
    try index.reopen()
    try inbox.restart(store: index.store)
    try inbox.settle()
    let report = try #require(try inbox.report(Self.name))
    #expect(report.reason == nil)
    #expect(report.lines.stored == 2)
    #expect(report.memberships == .init(added: 2))
    #expect(report.users == .init(new: 2, touched: 2))
    #expect(index.audience.generation == 2)
    let now = inbox.clock.now.milliseconds
    #expect(index.segments("u1", at: now).bids == ["aam:24"])
    #expect(try inbox.root.list() == ["done", "rejected"])
  }

  @Test(arguments: StoreStep.allCases)
  func reopensTheIndexAfterACrashWithinACommit(_ step: StoreStep) throws {
    let index = try IndexFixture()
    for source in [AudienceSource.adobe(), .suppression] {
      let inbox = try InboxFixture(source, store: index.store)
      let text = source.format == .suppression ? "nod:u1\n" : "u1 24\n"
      try inbox.append(text, to: Self.name)
      try inbox.inbox.poll()
      inbox.stop()
      try index.reopen { if $0 == step { throw Crash() } }
      try inbox.restart(store: index.store)
      for _ in 0..<2 { try? inbox.inbox.poll() }
      inbox.stop()
      try index.reopen()
      try inbox.restart(store: index.store)
      try inbox.settle()
      let report = try #require(try inbox.report(Self.name))
      #expect(report.status == .done)
      #expect(report.reason == nil)
      #expect(report.lines.stored == 1)
      #expect(report.generation == index.audience.generation)
    }
    let key = try #require(index.audience.hasher(space: "nod")?.key(of: "u1"))
    #expect(index.audience.isSuppressed(key))
    #expect(index.segments("u1", at: 0).records == ["aam:24"])
    #expect(index.audience.generation == 2)
  }

  @Test func takesAFileThatReplacedTheOneACrashLeft() throws {
    let store = ModelStore()
    let fixture = try InboxFixture(.adobe(), store: store)
    try fixture.append("u1 24\n", to: Self.name)
    try fixture.inbox.poll()
    fixture.inbox.onStep = { if $0 == .committed { throw Crash() } }
    #expect(throws: Crash.self) { try fixture.inbox.poll() }
    try fixture.restart()
    let report = try fixture.take(Self.name, "u1 26\n")
    #expect(report.lines.stored == 1)
    #expect(report.generation == 2)
    #expect(store.generation == 2)
  }

  @Test func readsBackWhatAReportSays() throws {
    var report = IngestReport(
      file: "a\nb\"\\.sync", source: "aam", format: .adobeOutbound, status: .rejected,
      reason: "it's \u{2028} no\u{1} {good}", started: .init(milliseconds: 0),
      finished: .init(milliseconds: 0), generation: 7)
    report.lines.stored = 1
    report.lines.tooLong = 2
    report.memberships = .init(added: 1, removed: 2, expired: 3)
    report.errors = [LineError(line: 3, category: .tooLong, text: "ü\u{1F600}\t'")]
    #expect(IngestReport(json: Array(report.json.utf8)) == report)
    #expect(IngestReport(json: Array(report.json.utf8.dropLast(10))) == nil)
  }
}
