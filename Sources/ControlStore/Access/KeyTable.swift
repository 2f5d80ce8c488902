import AuctionTypes
import Cryptography
import Foundation
import GRDB

/// The table of keys. A row stays when its key is revoked: the audit log names it.
enum KeyTable {
  static func create(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE access_key (
          sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
          role TEXT NOT NULL, advertisers TEXT, created_at INTEGER NOT NULL,
          created_by TEXT NOT NULL, rotated_at INTEGER, last_used_at INTEGER, revoked_at INTEGER,
          hash BLOB NOT NULL, previous_hash BLOB, previous_until INTEGER) STRICT
        """)
  }

  static func insert(_ key: AccessKey, into db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO access_key (id, name, role, advertisers, created_at, created_by, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        key.id, key.name, key.role.rawValue, try key.scope.advertisers.map(json),
        key.createdAt.milliseconds, key.createdBy, Data(key.hash.bytes),
      ])
  }

  /// Writes what can change of a key.
  static func update(_ key: AccessKey, in db: Database) throws {
    try db.execute(
      sql: """
        UPDATE access_key SET rotated_at = ?, revoked_at = ?, hash = ?, previous_hash = ?,
          previous_until = ? WHERE id = ?
        """,
      arguments: [
        key.rotatedAt?.milliseconds, key.revokedAt?.milliseconds, Data(key.hash.bytes),
        key.previousHash.map { Data($0.bytes) }, key.previousUntil?.milliseconds, key.id,
      ])
  }

  static func setLastUse(_ time: WallTime, of id: String, in db: Database) throws {
    try db.execute(
      sql: "UPDATE access_key SET last_used_at = ? WHERE id = ?",
      arguments: [time.milliseconds, id])
  }

  static func live(_ db: Database) throws -> [AccessKey] {
    try Row.fetchAll(db, sql: "SELECT * FROM access_key WHERE revoked_at IS NULL").map(key)
  }

  /// The keys behind one in the order of their creation, those that exist for a scope alone.
  ///
  /// - Complexity: O(keys).
  static func page(
    after id: String?, of scope: AdvertiserScope, withRevoked: Bool, count: Int, in db: Database
  ) throws -> [AccessKey] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT * FROM access_key WHERE (?1 OR revoked_at IS NULL)
          AND sequence > coalesce((SELECT sequence FROM access_key WHERE id = ?2), 0)
        ORDER BY sequence
        """, arguments: [withRevoked, id])
    var keys: [AccessKey] = []
    while keys.count < count, let row = try rows.next() {
      let key = try key(row)
      if scope.contains(key.scope) { keys.append(key) }
    }
    return keys
  }

  private static func key(_ row: Row) throws -> AccessKey {
    guard let role = Role(rawValue: row["role"]), let hash = code(row["hash"]) else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "access_key: row \(row["id"] as String)")
    }
    let advertisers = try (row["advertisers"] as String?).map {
      try JSONDecoder().decode([String].self, from: Data($0.utf8))
    }
    var key = AccessKey(
      id: row["id"], name: row["name"], role: role,
      scope: advertisers.map { .only(Set($0)) } ?? .all,
      createdAt: WallTime(milliseconds: row["created_at"]), createdBy: row["created_by"],
      hash: hash)
    key.rotatedAt = time(row["rotated_at"])
    key.lastUsedAt = time(row["last_used_at"])
    key.revokedAt = time(row["revoked_at"])
    key.previousHash = code(row["previous_hash"])
    key.previousUntil = time(row["previous_until"])
    return key
  }

  private static func time(_ milliseconds: Int64?) -> WallTime? {
    milliseconds.map(WallTime.init(milliseconds:))
  }

  private static func code(_ data: Data?) -> AuthenticationCode? {
    data.flatMap { AuthenticationCode(Array($0)) }
  }

  private static func json(_ advertisers: [String]) throws -> String {
    String(decoding: try JSONEncoder().encode(advertisers), as: UTF8.self)
  }
}
