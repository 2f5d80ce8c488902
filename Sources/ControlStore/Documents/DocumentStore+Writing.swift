import AuctionTypes
import CampaignDocuments
import GRDB

extension DocumentStore {
  /// Stores changes with their versions and audit entries: all of them last, or none.
  ///
  /// - Parameter origins: where advertisers come from now, for those where that changes.
  /// - Returns: the version of each change, in their order.
  /// - Complexity: O(changes · log objects).
  package func write(
    _ writes: [DocumentWrite], origins: [String: DocumentOrigin] = [:], stamp: DocumentStamp
  ) throws -> [Int64] {
    guard !writes.isEmpty || !origins.isEmpty else { return [] }
    return try stored { db in
      var versions: [Int64] = []
      versions.reserveCapacity(writes.count)
      for write in writes {
        let version = try Self.nextVersion(of: write, db)
        try Self.add(version, of: write, stamp, db)
        try forget(before: version, of: write.key, stamp, db)
        try Self.replace(write, version, stamp, db)
        try AuditLog.append(Self.entry(of: write, stamp), to: db)
        versions.append(version)
      }
      try Self.countRevisions(of: Set(writes.map { $0.key.advertiser }), origins, db)
      return versions
    }
  }

  private func stored(_ body: (Database) throws -> [Int64]) throws -> [Int64] {
    do {
      return try pool.write(body)
    } catch let error as DatabaseError {
      throw StoreFailure(
        description: "the database says: \(error.message ?? "\(error)")",
        isFull: error.resultCode == .SQLITE_FULL)
    }
  }

  /// A deleted object's numbers are not given again.
  private static func nextVersion(of write: DocumentWrite, _ db: Database) throws -> Int64 {
    if let before = write.before { return before.version + 1 }
    let statement = try db.cachedStatement(
      sql: """
        SELECT max(version) FROM document_version WHERE kind = ? AND advertiser = ? AND id = ?
        """)
    let last = try Int64?.fetchOne(statement, arguments: arguments(of: write.key))
    return (last.flatMap { $0 } ?? 0) + 1
  }

  private static func add(
    _ version: Int64, of write: DocumentWrite, _ stamp: DocumentStamp, _ db: Database
  ) throws {
    try db.cachedStatement(
      sql: "INSERT INTO document_version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(
      arguments: arguments(of: write.key) + [
        version, stamp.time.milliseconds, stamp.keyID, stamp.keyName, stamp.requestID,
        write.action.rawValue, write.after?.campaign, write.after?.json,
      ])
  }

  /// Forgets a few versions that are older than are kept.
  private func forget(
    before version: Int64, of key: DocumentObject.Key, _ stamp: DocumentStamp, _ db: Database
  ) throws {
    guard version > keeping.versions else { return }
    try db.cachedStatement(
      sql: """
        DELETE FROM document_version WHERE kind = ?1 AND advertiser = ?2 AND id = ?3
        AND version IN (
          SELECT version FROM (
            SELECT version, time FROM document_version
            WHERE kind = ?1 AND advertiser = ?2 AND id = ?3
            ORDER BY version LIMIT \(StoreLimits.versionsForgotten))
          WHERE version <= ?4 OR (version <= ?5 AND time < ?6))
        """
    ).execute(
      arguments: Self.arguments(of: key) + [
        version - keeping.most, version - keeping.versions,
        stamp.time.milliseconds - keeping.milliseconds,
      ])
  }

  private static func replace(
    _ write: DocumentWrite, _ version: Int64, _ stamp: DocumentStamp, _ db: Database
  ) throws {
    guard let after = write.after else {
      return try db.cachedStatement(
        sql: "DELETE FROM document WHERE kind = ? AND advertiser = ? AND id = ?"
      ).execute(arguments: arguments(of: write.key))
    }
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(
      arguments: arguments(of: write.key) + [
        after.campaign, after.json, version, stamp.time.milliseconds, stamp.keyName,
      ])
  }

  private static func countRevisions(
    of advertisers: Set<String>, _ origins: [String: DocumentOrigin], _ db: Database
  ) throws {
    for advertiser in advertisers.sorted() {
      try db.cachedStatement(
        sql: """
          INSERT INTO document_tree VALUES (?, ?, 1)
          ON CONFLICT (advertiser) DO UPDATE SET revision = revision + 1
          """
      ).execute(arguments: [advertiser, (origins[advertiser] ?? .api).rawValue])
    }
    for (advertiser, origin) in origins {
      try db.cachedStatement(sql: "UPDATE document_tree SET origin = ? WHERE advertiser = ?")
        .execute(arguments: [origin.rawValue, advertiser])
    }
  }

  private static func arguments(of key: DocumentObject.Key) -> StatementArguments {
    [key.kind.rawValue, key.advertiser, key.id]
  }

  private static func entry(of write: DocumentWrite, _ stamp: DocumentStamp) -> AuditEntry {
    AuditEntry(
      time: stamp.time, keyID: stamp.keyID, requestID: stamp.requestID,
      action: "\(write.key.kind.rawValue).\(write.action.rawValue)",
      advertiser: write.key.advertiser, object: write.key.auditName,
      before: write.before.map { $0.object.auditJSON }, after: write.after?.auditJSON)
  }
}

extension DocumentObject {
  /// What the audit log says of the object: its JSON, of a line item with its campaign.
  fileprivate var auditJSON: String {
    // Ids have no characters that JSON escapes.
    campaign.map { "{\"campaign\":\"\($0)\",\(json.dropFirst())" } ?? json
  }
}

extension DocumentObject.Key {
  /// What the audit log calls the object: `acme`, `acme/line-items/x`.
  package var auditName: String {
    kind == .advertiser ? advertiser : "\(advertiser)/\(kind.rawValue)s/\(id)"
  }
}

/// Why nothing could be stored, such as a full disk.
package struct StoreFailure: Error, CustomStringConvertible {
  package let description: String
  /// Whether the disk has no room.
  package let isFull: Bool
}
