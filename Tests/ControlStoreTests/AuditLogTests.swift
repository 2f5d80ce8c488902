import AuctionTypes
import GRDB
import Testing

@testable import ControlStore

@Suite struct AuditLogTests {
  static func entry(_ object: String) -> AuditEntry {
    AuditEntry(
      time: WallTime(milliseconds: 1), keyID: "k", requestID: "r", action: "a.b",
      advertiser: "acme", object: object, before: nil, after: "{}")
  }

  @Test func onlyGrows() throws {
    let database = try TemporaryDatabase()
    try database.pool.write { try AuditLog.append(Self.entry("one"), to: $0) }
    for change in ["UPDATE audit SET object = 'x'", "DELETE FROM audit"] {
      #expect(throws: DatabaseError.self) {
        try database.pool.write { try $0.execute(sql: change) }
      }
    }
    #expect(
      try database.pool.read { try String.fetchAll($0, sql: "SELECT object FROM audit") } == ["one"]
    )
  }

  @Test func anAbsentFieldIsNotAnEmptyOne() {
    var absent = Self.entry("one")
    absent.after = nil
    var empty = absent
    empty.after = ""
    #expect(
      AuditLog.hash(of: absent, sequence: 1, after: AuditLog.firstHash)
        != AuditLog.hash(of: empty, sequence: 1, after: AuditLog.firstHash))
  }
}
