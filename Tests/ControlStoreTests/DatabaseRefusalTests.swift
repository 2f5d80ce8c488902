import GRDB
import Testing

@testable import ControlStore

@Suite struct DatabaseRefusalTests {
  @Test func tellsAFullDiskFromOtherErrors() throws {
    let database = try TemporaryDatabase()
    let error = #expect(throws: DatabaseError.self) {
      try database.pool.write { db in
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        for _ in 0..<100 {
          try AuditLog.append(AuditLogTests.entry(String(repeating: "x", count: 9_999)), to: db)
        }
      }
    }
    #expect(error.flatMap { DatabaseRefusal($0) } == .full)
    #expect(DatabaseRefusal(DatabaseError(resultCode: .SQLITE_BUSY)) == .busy)
    #expect(DatabaseRefusal(DatabaseError(resultCode: .SQLITE_ERROR)) == nil)
    #expect(DatabaseRefusal(CancellationError()) == nil)
  }
}
