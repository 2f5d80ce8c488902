import GRDB

/// What a walk along the audit log's chain found.
package struct AuditVerification: Sendable, Equatable {
  /// The entries that fit.
  package private(set) var count = 0
  /// The hash of the last of them.
  package private(set) var head = AuditLog.firstHash
  /// The first entry that does not fit, and why; nil where all do.
  package private(set) var fault: String?
  /// Whether a hash that was asked for is in the chain; nil where none was.
  package private(set) var hasAnchor: Bool?

  /// Whether the log is whole, as far as it can be told.
  package var isOK: Bool { fault == nil && hasAnchor != false }

  /// Walks the chain of a database, which a server may be writing to.
  ///
  /// - Parameter anchor: a hash that must be in the chain: the head at an earlier time.
  /// - Complexity: O(entries).
  package init(of database: ControlDatabase, anchor: String? = nil) throws {
    hasAnchor = anchor.map { $0 == AuditLog.firstHash }
    try database.pool.read { db in
      let rows = try Row.fetchCursor(db, sql: "SELECT * FROM audit ORDER BY sequence")
      while fault == nil, let row = try rows.next() {
        take(AuditLog.recorded(row))
        if fault == nil, head == anchor { hasAnchor = true }
      }
    }
  }

  private mutating func take(_ recorded: RecordedEntry) {
    let expected = Int64(count) + 1
    guard recorded.sequence == expected else {
      fault = "entry \(expected) is missing: entry \(recorded.sequence) follows entry \(count)"
      return
    }
    let hash = AuditLog.hash(of: recorded.entry, sequence: expected, after: head)
    guard recorded.hash == hash else {
      fault =
        "entry \(expected) (\(recorded.entry.action) of \(recorded.entry.object)) does not fit its "
        + "hash: it was changed, or one before it was"
      return
    }
    count += 1
    head = hash
  }
}
