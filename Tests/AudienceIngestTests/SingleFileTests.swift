import AuctionTypes
import Glibc
import LinuxIO
import Support
import Testing

@testable import AudienceIngest

@Suite struct SingleFileTests {
  let store = ModelStore()

  func fixture() throws -> InboxFixture<ModelStore> { try InboxFixture(.adobe(), store: store) }

  @Test func takesAFileInAndReportsOnIt() throws {
    let fixture = try fixture()
    let text = """
      \u{FEFF}u1  24,26,27  25,28\r
      u2 24,x,,26

      u3
      u1  24,26,27  25,28
      u4 , 7
         \t
      u5 24 25 26
      """
    let report = try fixture.take("ftp_1_2_iter_1486140844000001.sync", text)
    #expect(report.status == .done)
    #expect(report.reason == nil)
    #expect(report.lines.received == 8)
    #expect(report.lines.stored == 3)
    #expect(report.lines.duplicate == 1)
    #expect(report.lines.empty == 2)
    #expect(report.lines.malformed == 2)
    #expect(report.lines.badSegments == 4)
    #expect(report.memberships == .init(added: 5))
    #expect(report.users == .init(new: 2, touched: 3))
    #expect(
      report.errors == [
        LineError(line: 2, category: .badSegments, text: "u2 24,x,,26"),
        LineError(line: 4, category: .malformed, text: "u3"),
        LineError(line: 6, category: .badSegments, text: "u4 , 7"),
        LineError(line: 8, category: .malformed, text: "u5 24 25 26"),
      ])
    #expect(report.generation == 1)
    #expect(fixture.published == [1])
    let now = fixture.clock.now.milliseconds
    #expect(store.segments("aam", "u1", at: now) == ["aam:24", "aam:26", "aam:27"])
    #expect(store.segments("aam", "u2", at: now) == ["aam:24", "aam:26"])
    #expect(fixture.counters.count(source: "aam", result: .stored) == 3)
    #expect(fixture.counters.count(source: "aam", result: .malformed) == 2)
    #expect(try fixture.root.list() == ["done", "rejected"])
  }

  @Test(arguments: [false, true]) func takesPlainAndGzipUnderAnyName(_ isNamed: Bool) throws {
    let fixture = try fixture()
    let bytes = Gzip.member(Array("u1 24\n".utf8)) + Gzip.member(Array("u2 24\n".utf8))
    let report = try fixture.take(
      "ftp_1_iter_1486140844000.sync\(isNamed ? ".gz" : "")", bytes: bytes)
    #expect(report.lines.stored == 2)
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var name = "ftp_1_full_1486140844000001.sync"
    var bytes: [UInt8]
    var reason: String
    var testDescription: String { reason }

    init(_ text: String, _ reason: String, name: String = "ftp_1_full_1486140844000001.sync") {
      self.init(bytes: Array(text.utf8), reason, name: name)
    }

    init(bytes: [UInt8], _ reason: String, name: String = "ftp_1_full_1486140844000001.sync") {
      self.name = name
      self.bytes = bytes
      self.reason = reason
    }
  }

  static let good = String(repeating: "u1 24\n", count: 3)
  static let gzip = Gzip.member(Array(good.utf8))
  static let bad: [Bad] = [
    Bad(good, "the file name does not match", name: "users.csv"),
    Bad("", "no line is valid"),
    Bad("\n\n \n", "no line is valid"),
    Bad("only\nnames\n", "no line is valid"),
    Bad(good + "u\u{0} 1\n", "binary data: a zero byte in line 4"),
    Bad(good, "corrupt", name: "ftp_1_full_1486140844000001.sync.gz"),
    Bad(bytes: gzip.dropLast(1), "truncated", name: "ftp_1_full_1486140844000001.sync.gz"),
    Bad(bytes: Array(gzip.prefix(20)), "truncated"),
    Bad(bytes: [], "truncated", name: "ftp_1_full_1486140844000001.sync.gz"),
    Bad(bytes: gzip.dropLast(5) + [1, 2, 3, 4, 5], "incorrect"),
    Bad(bytes: gzip + [7], "trailing bytes"),
    Bad(
      String(repeating: "bad\n", count: 101) + String(repeating: "u 1\n", count: 1918),
      "101 of 2019 lines are malformed"),
    Bad(
      String(repeating: "x", count: IngestLimits.lineBytes + 1), "no line is valid"),
  ]

  @Test(arguments: bad) func rejectsAWholeFile(_ bad: Bad) throws {
    let fixture = try fixture()
    try fixture.take("ftp_1_full_1486140843000.sync", "u1 7\nu2 8\n")
    let generation = store.generation
    let report = try fixture.take(bad.name, bytes: bad.bytes)
    #expect(report.status == .rejected)
    #expect(report.reason?.contains(bad.reason) == true, "\(report.reason ?? "")")
    #expect(report.lines.stored == 0)
    #expect(report.memberships == .init())
    #expect(store.generation == generation)
    #expect(store.segments("aam", "u1", at: fixture.clock.now.milliseconds) == ["aam:7"])
  }

  @Test(arguments: [
    (100, 0, true), (100, 1, true), (101, 1918, true), (101, 1917, false), (1000, 1, false),
  ])
  func toleratesMalformedLinesUpToShareAndNumber(
    _ malformed: Int, _ good: Int, _ isTaken: Bool
  ) throws {
    let fixture = try fixture()
    let text =
      String(repeating: "bad\n", count: malformed)
      + (0..<good).map { "u\($0) 1\n" }.joined() + "last 1\n"
    let report = try fixture.take("ftp_1_iter_1486140844000.sync", text)
    #expect((report.status == .done) == isTaken)
    #expect(report.lines.malformed == malformed)
    #expect(report.errors.count == min(malformed, IngestLimits.errorSamples))
  }

  @Test func countsTooLongLines() throws {
    let fixture = try fixture()
    let longest = "u " + String(repeating: "1,", count: (IngestLimits.lineBytes - 3) / 2) + "22"
    let text = "\(longest.prefix(IngestLimits.lineBytes))\n\(longest)x\nu2 3\n"
    let report = try fixture.take("ftp_1_iter_1486140844000.sync", text)
    #expect(report.lines.stored == 2)
    #expect(report.lines.tooLong == 1)
    #expect(report.errors.first?.category == .tooLong)
    #expect(report.errors.first?.text.utf8.count == IngestLimits.sampleBytes)
  }

  @Test func leavesOtherEntriesAlone() throws {
    let fixture = try fixture()
    for name in [".hidden.sync", "a.sync.tmp", "b.sync.part", "c.sync.PART"] {
      try fixture.drop(name, Self.good)
    }
    try fixture.root.directory("ftp_1_iter_1486140844000.sync").create()
    try fixture.link("ftp_1_iter_1486140845000.sync", to: ".hidden.sync")
    try fixture.settle()
    #expect(try fixture.root.list().count == 8)
    #expect(store.generation == 0)
  }

  @Test func waitsForAFileThatGrows() throws {
    let fixture = try fixture()
    let name = "ftp_1_iter_1486140844000.sync"
    for _ in 1...4 {
      try fixture.append("u1 24\n", to: name)
      try fixture.inbox.poll()
      #expect(store.generation == 0)
    }
    try fixture.inbox.poll()
    #expect(try fixture.report(name)?.lines.received == 4)
  }

  @Test func takesARenamedFileAtTheFirstLook() throws {
    let fixture = try fixture()
    let name = "ftp_1_iter_1486140844000.sync"
    try fixture.append("u1 24\n", to: ".writing-elsewhere")
    // Longer than a tick of the clock that file times are read from.
    usleep(20_000)
    try fixture.root.rename(".writing-elsewhere", to: name)
    try fixture.inbox.poll()
    #expect(try fixture.report(name)?.lines.received == 1)
  }

  @Test func givesUpAFullDiskUntilTheNextLook() throws {
    let fixture = try fixture()
    store.failures = [FileError(operation: "write", path: "x", code: 28)]
    let name = "ftp_1_iter_1486140844000.sync"
    try fixture.append("u1 24\n", to: name)
    try fixture.inbox.poll()
    #expect(throws: FileError.self) { try fixture.inbox.poll() }
    #expect(try fixture.report(name) == nil)
    try fixture.inbox.poll()
    #expect(try fixture.report(name)?.lines.stored == 1)
    #expect(store.generation == 1)
  }

  @Test func suppressesForEver() throws {
    let fixture = try InboxFixture(.suppression, store: store)
    let text = "nod:1\nifa:a-b\tgone\nother:9\nnod:1\n\nnod\nnod:\n"
    let report = try fixture.take("any name.txt", text)
    #expect(report.format == .suppression)
    #expect(report.lines.stored == 2)
    #expect(report.lines.duplicate == 1)
    #expect(report.lines.unknownID == 1)
    #expect(report.lines.empty == 1)
    #expect(report.lines.malformed == 2)
    #expect(report.errors.map(\.category) == [.unknownID, .malformed, .malformed])
    #expect(store.suppressed == ["nod:1", "ifa:a-b"])
  }
}
