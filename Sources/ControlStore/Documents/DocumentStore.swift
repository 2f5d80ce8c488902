import CampaignDocuments
import GRDB

/// The advertisers' documents in the control database: every object as it is, and the versions
/// that it had, as many as ``HistoryLimit`` keeps.
///
/// Reads may come from any thread. Writes come from one place, which reads before it writes.
package struct DocumentStore: Sendable {
  let pool: DatabasePool
  /// Which versions are kept.
  let keeping: HistoryLimit

  package init(_ database: ControlDatabase, history: HistoryLimit = HistoryLimit()) {
    pool = database.pool
    keeping = history
  }

  static func createTables(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE document (
          kind TEXT NOT NULL, advertiser TEXT NOT NULL, id TEXT NOT NULL, campaign TEXT,
          json TEXT NOT NULL, version INTEGER NOT NULL CHECK (version > 0),
          updated INTEGER NOT NULL, key_name TEXT NOT NULL,
          PRIMARY KEY (kind, advertiser, id)) STRICT;
        CREATE INDEX document_by_campaign ON document (advertiser, campaign, id)
          WHERE campaign IS NOT NULL;
        CREATE TABLE document_version (
          kind TEXT NOT NULL, advertiser TEXT NOT NULL, id TEXT NOT NULL,
          version INTEGER NOT NULL CHECK (version > 0), time INTEGER NOT NULL,
          key_id TEXT NOT NULL, key_name TEXT NOT NULL, request_id TEXT NOT NULL,
          action TEXT NOT NULL, campaign TEXT, json TEXT,
          PRIMARY KEY (kind, advertiser, id, version)) STRICT;
        CREATE TABLE document_tree (
          advertiser TEXT PRIMARY KEY, origin TEXT NOT NULL,
          revision INTEGER NOT NULL CHECK (revision > 0)) STRICT;
        """)
  }

  // MARK: Reading

  /// An object; nil where there is none.
  package func document(_ key: DocumentObject.Key) throws -> StoredDocument? {
    try pool.read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT \(StoredDocument.columns) FROM document
          WHERE kind = ? AND advertiser = ? AND id = ?
          """)
      return try Row.fetchOne(
        statement, arguments: [key.kind.rawValue, key.advertiser, key.id]
      ).map(StoredDocument.init)
    }
  }

  /// All objects of an advertiser: itself, creatives, campaigns, line items, each by id.
  /// - Complexity: O(objects).
  package func documents(of advertiser: String) throws -> [StoredDocument] {
    try pool.read { db in
      try DocumentKind.allCases.flatMap { kind in
        try Row.fetchAll(
          db,
          sql: """
            SELECT \(StoredDocument.columns) FROM document
            WHERE kind = ? AND advertiser = ? ORDER BY id
            """, arguments: [kind.rawValue, advertiser]
        ).map(StoredDocument.init)
      }
    }
  }

  /// The line items of a campaign, by id.
  package func lineItems(
    of campaign: String, advertiser: String
  ) throws -> [StoredDocument] {
    try pool.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT \(StoredDocument.columns) FROM document
          WHERE advertiser = ? AND campaign = ? ORDER BY id
          """, arguments: [advertiser, campaign]
      ).map(StoredDocument.init)
    }
  }

  /// The first few line items that name a creative, by id.
  /// - Complexity: O(line items of the advertiser).
  package func lineItems(showing creative: String, advertiser: String) throws -> [String] {
    try pool.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT id FROM document WHERE kind = 'line-item' AND advertiser = ?
          AND EXISTS (SELECT 1 FROM json_each(document.json, '$.creatives') WHERE value = ?)
          ORDER BY id LIMIT \(StoreLimits.namedReferences)
          """, arguments: [advertiser, creative])
    }
  }

  /// Where every advertiser came from.
  package func origins() throws -> [String: DocumentOrigin] {
    try pool.read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT advertiser, origin FROM document_tree NATURAL JOIN document
          WHERE kind = 'advertiser'
          """)
      return Dictionary(
        rows.map { ($0[0] as String, DocumentOrigin(rawValue: $0[1]) ?? .api) }
      ) { first, _ in first }
    }
  }

  /// Where an advertiser came from; nil where there is none.
  package func origin(of advertiser: String) throws -> DocumentOrigin? {
    try pool.read { db in
      let name = try String.fetchOne(
        db,
        sql: """
          SELECT origin FROM document_tree NATURAL JOIN document
          WHERE kind = 'advertiser' AND advertiser = ?
          """, arguments: [advertiser])
      return name.map { DocumentOrigin(rawValue: $0) ?? .api }
    }
  }

  /// A number that grows with each change below an advertiser; 0 where it never was.
  package func revision(of advertiser: String) throws -> Int64 {
    try pool.read { db in
      try Int64.fetchOne(
        db, sql: "SELECT revision FROM document_tree WHERE advertiser = ?",
        arguments: [advertiser]) ?? 0
    }
  }
}
