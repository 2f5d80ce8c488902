import AuctionTypes
import GRDB

extension AuditLog {
  /// Adds an entry that tells of nothing else in the database. It blocks.
  package static func append(_ entry: AuditEntry, in database: ControlDatabase) throws {
    try database.pool.write { try append(entry, to: $0) }
  }

  /// Entries from the newest on, below a place in the chain if one is given. It blocks.
  ///
  /// - Complexity: O(entries) where few of many fit the filter.
  package static func page(
    _ filter: AuditFilter, before sequence: Int64?, count: Int, in database: ControlDatabase
  ) throws -> [RecordedEntry] {
    try database.pool.read { db in
      let request: SQLRequest<Row> = """
        SELECT * FROM audit WHERE \(filter.condition) AND sequence < \(sequence ?? Int64.max)
        ORDER BY sequence DESC LIMIT \(count)
        """
      return try request.fetchAll(db).map(recorded)
    }
  }

  static func recorded(_ row: Row) -> RecordedEntry {
    RecordedEntry(
      sequence: row["sequence"],
      entry: AuditEntry(
        time: WallTime(milliseconds: row["time"]), keyID: row["key_id"],
        requestID: row["request_id"], action: row["action"], advertiser: row["advertiser"],
        object: row["object"], before: row["before"], after: row["after"]),
      hash: row["hash"])
  }
}
