import AuctionTypes
import Cryptography
import FixedMemory
import GRDB

/// The log of all writes: it only grows, and each entry's hash covers the one before, so that none
/// can be changed, dropped or inserted without a trace to whoever kept an earlier head.
package enum AuditLog {
  /// The hash before the first entry.
  static let firstHash = String(repeating: "0", count: 64)

  static func createTable(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE audit (
          sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
          time INTEGER NOT NULL, key_id TEXT NOT NULL, request_id TEXT NOT NULL,
          action TEXT NOT NULL, advertiser TEXT, object TEXT NOT NULL, before TEXT, after TEXT,
          hash TEXT NOT NULL) STRICT;
        CREATE INDEX audit_by_advertiser ON audit (advertiser, sequence);
        CREATE INDEX audit_by_object ON audit (object, sequence);
        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
          BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
        CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit
          BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
        """)
  }

  /// Adds an entry within the transaction of what it tells of: both last, or neither.
  package static func append(_ entry: AuditEntry, to db: Database) throws {
    let last = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1"))
    let sequence = (last?["sequence"] ?? 0) + 1 as Int64
    let hash = hash(of: entry, sequence: sequence, after: last?["hash"] ?? firstHash)
    try db.cachedStatement(
      sql: "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(
      arguments: [
        sequence, entry.time.milliseconds, entry.keyID, entry.requestID, entry.action,
        entry.advertiser, entry.object, entry.before, entry.after, hash,
      ])
  }

  /// The SHA-256 of the hash before and every field, each with its length before it, so that no
  /// two entries have the same bytes.
  static func hash(of entry: AuditEntry, sequence: Int64, after previous: String) -> String {
    var digest = Digest(.sha256)
    let fields: [String?] = [
      previous, "\(sequence)", "\(entry.time.milliseconds)", entry.keyID, entry.requestID,
      entry.action, entry.advertiser, entry.object, entry.before, entry.after,
    ]
    for field in fields {
      let text = field.map { "\($0.utf8.count):\($0)" } ?? "-"
      let bytes = Array(text.utf8)
      digest.update(bytes.rawSpan)
    }
    return digest.hexadecimal()
  }
}
