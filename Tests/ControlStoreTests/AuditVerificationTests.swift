import GRDB
import Testing

@testable import ControlStore

@Suite struct AuditVerificationTests {
  private let database: TemporaryDatabase

  init() throws {
    database = try TemporaryDatabase()
    try database.pool.write { db in
      for object in ["one", "two", "three", "four"] {
        try AuditLog.append(AuditLogTests.entry(object), to: db)
      }
    }
  }

  private func verify(_ anchor: String? = nil) throws -> AuditVerification {
    try AuditVerification(of: ControlDatabase(reading: database.path), anchor: anchor)
  }

  private func tamper(_ sql: String) throws {
    try database.pool.write { db in
      try db.execute(sql: "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_cut")
      try db.execute(sql: sql)
    }
  }

  @Test func walksAWholeChain() throws {
    let verification = try verify()
    #expect(verification.isOK)
    #expect(verification.count == 4)
    #expect(verification.head.utf8.count == 64)
    #expect(verification.fault == nil)
  }

  @Test(arguments: [
    ("UPDATE audit SET key_id = 'x' WHERE sequence = 2", 1, "entry 2 (a.b of two)"),
    ("UPDATE audit SET after = NULL WHERE sequence = 3", 2, "entry 3"),
    ("UPDATE audit SET time = 2 WHERE sequence = 1", 0, "entry 1"),
    (
      "UPDATE audit SET hash = (SELECT hash FROM audit WHERE sequence = 1) WHERE sequence = 4", 3,
      "entry 4"
    ),
    ("DELETE FROM audit WHERE sequence = 2", 1, "entry 2 is missing: entry 3 follows entry 1"),
    ("DELETE FROM audit WHERE sequence = 1", 0, "entry 1 is missing"),
    ("UPDATE audit SET sequence = 9 WHERE sequence = 4", 3, "entry 4 is missing"),
  ])
  func namesTheFirstEntryThatDoesNotFit(_ sql: String, _ count: Int, _ word: String) throws {
    try tamper(sql)
    let verification = try verify()
    #expect(!verification.isOK)
    #expect(verification.count == count)
    #expect(verification.fault?.contains(word) == true, "\(verification.fault ?? "")")
  }

  @Test func findsACutTailByAnEarlierHead() throws {
    let head = try verify().head
    #expect(try verify(head).isOK)
    try database.pool.write { try AuditLog.append(AuditLogTests.entry("five"), to: $0) }
    #expect(try verify(head).isOK)
    try tamper("DELETE FROM audit WHERE sequence > 3")
    #expect(try verify().isOK)
    #expect(try verify(head).hasAnchor == false)
    #expect(try !verify(head).isOK)
    #expect(try verify(AuditLog.firstHash).isOK)
  }
}
