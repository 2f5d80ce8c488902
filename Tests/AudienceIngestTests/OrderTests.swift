import AuctionTypes
import Testing

@testable import AudienceIngest

@Suite struct OrderTests {
  let store = ModelStore()

  func fixture() throws -> InboxFixture<ModelStore> { try InboxFixture(.adobe(), store: store) }

  func segments(_ fixture: InboxFixture<ModelStore>, _ id: String) -> [String] {
    store.segments("aam", id, at: fixture.clock.now.milliseconds)
  }

  @Test func doesNothingForAReplay() throws {
    let fixture = try fixture()
    let text = "u1 24\n\nbad\nu2 26\n"
    try fixture.take("ftp_1_iter_1486140844000.sync", text)
    let before = store.rows
    let report = try fixture.take("ftp_1_iter_1486140844000.sync", text)
    #expect(report.status == .done)
    #expect(report.reason == "replay")
    #expect(report.lines.duplicate == 4)
    #expect(report.lines.received == 4)
    #expect(report.memberships == .init())
    #expect(report.users == .init())
    #expect(store.rows == before)
    #expect(store.generation == 1)
    #expect(report.generation == 1)
  }

  @Test func takesOtherBytesOfANameAndTheSameBytesOfAnother() throws {
    let fixture = try fixture()
    try fixture.take("ftp_1_iter_1486140844000.sync", "u1 24\n")
    let changed = try fixture.take("ftp_1_iter_1486140844000.sync", "u1 26\n")
    #expect(changed.reason == nil)
    #expect(segments(fixture, "u1") == ["aam:24", "aam:26"])
    fixture.clock.advance(119 * 86_400_000)
    let renamed = try fixture.take("ftp_1_iter_1486140844001.sync", "u1 24\n")
    #expect(renamed.reason == nil)
    #expect(renamed.lines.stored == 1)
    #expect(renamed.memberships.added == 0)
    fixture.clock.advance(2 * 86_400_000)
    #expect(segments(fixture, "u1") == ["aam:24"])
    fixture.clock.advance(119 * 86_400_000)
    #expect(segments(fixture, "u1") == [])
  }

  @Test func skipsWhatIsOlderThanTheNewestFull() throws {
    let fixture = try fixture()
    try fixture.take("ftp_1_full_1486140844000001.sync", "u1 24\n")
    for name in ["ftp_1_iter_1486140843999001.sync", "ftp_1_full_1486140843999009.sync"] {
      let report = try fixture.take(name, "u1 26 24\n\nu2 1\n")
      #expect(report.status == .done)
      #expect(report.reason == "stale")
      #expect(report.lines.duplicate == 3)
      #expect(report.lines.received == 3)
    }
    #expect(segments(fixture, "u1") == ["aam:24"])
    for name in ["ftp_1_iter_1486140844000001.sync", "ftp_1_full_1486140844000002.sync"] {
      #expect(try fixture.take(name, "u9 26\n").reason == nil)
    }
    #expect(try fixture.take("ftp_1_iter.sync", "u3 26\n").reason == nil)
  }

  @Test func takesTheFilesOfOneLookInTheirOrder() throws {
    let fixture = try fixture()
    // The names sort the other way round. None is renamed in, which would be seen a look earlier.
    try fixture.append("u1 3 1\n", to: "a_iter_1486140846000001.sync")
    try fixture.append("u1 2 4\n", to: "b_iter_1486140845000002.sync")
    try fixture.append("u1 4\n", to: "c_iter_1486140845000001.sync")
    try fixture.append("u1 1,7\n", to: "d_full_1486140844000001.sync")
    try fixture.settle()
    #expect(segments(fixture, "u1") == ["aam:2", "aam:3", "aam:7"])
    let order = try [
      "d_full_1486140844000001.sync", "c_iter_1486140845000001.sync",
      "b_iter_1486140845000002.sync", "a_iter_1486140846000001.sync",
    ].map {
      try fixture.report($0)?.generation
    }
    #expect(order == [1, 2, 3, 4])
  }

  @Test func replacesTheRowsOfUsersInAFull() throws {
    let fixture = try fixture()
    try fixture.take("ftp_1_full_1486140844000.sync", "u1 1,2\nu2 3\n")
    let report = try fixture.take("ftp_1_full_1486140845000.sync", "u1 2,4 2\nu1 5\n")
    #expect(segments(fixture, "u1") == ["aam:2", "aam:4", "aam:5"])
    #expect(segments(fixture, "u2") == ["aam:3"])
    #expect(report.memberships == .init(added: 2, removed: 1))
    #expect(report.users == .init(new: 0, touched: 1))
  }
}
