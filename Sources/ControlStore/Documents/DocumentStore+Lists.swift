import CampaignDocuments
import FixedMemory
import Foundation
import GRDB

extension DocumentStore {
  /// Which objects of a kind a list shows.
  package struct Selection: Sendable {
    package let kind: DocumentKind
    /// Whose; nil for the advertisers themselves.
    package var advertiser: String?
    /// The advertisers that exist for whoever asks.
    package var scope = AdvertiserScope.all
    /// The only campaign, if any.
    package var campaign: String?
    /// The only status, if any.
    package var status: String?
    /// The id behind which the page starts.
    package var after: String?

    package init(_ kind: DocumentKind, of advertiser: String? = nil) {
      self.kind = kind
      self.advertiser = advertiser
    }
  }

  /// A page of objects by id, and whether there are more behind it.
  package func page(
    _ selection: Selection, size: Int
  ) throws -> (items: [StoredDocument], hasMore: Bool) {
    var conditions = ["kind = ?"]
    var arguments: [any DatabaseValueConvertible] = [selection.kind.rawValue]
    func add(_ condition: String, _ value: String?) {
      guard let value else { return }
      conditions.append(condition)
      arguments.append(value)
    }
    add("advertiser = ?", selection.advertiser)
    if case .only(let advertisers) = selection.scope {
      add("advertiser IN (SELECT value FROM json_each(?))", Self.json(advertisers))
    }
    add("campaign = ?", selection.campaign)
    add("json_extract(json, '$.status') = ?", selection.status)
    add("id > ?", selection.after)
    arguments.append(size + 1)
    let sql = """
      SELECT \(StoredDocument.columns) FROM document
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY id LIMIT ?
      """
    let found = try pool.read { [arguments] db in
      try Row.fetchAll(db, sql: sql, arguments: StatementArguments(arguments))
        .map(StoredDocument.init)
    }
    return (Array(found.prefix(size)), found.count > size)
  }

  private static func json(_ names: Set<String>) -> String {
    (try? JSONEncoder().encode(names.sorted())).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
  }

  // MARK: History

  /// The versions of an object, newest first.
  /// - Parameter below: the version below which they start; nil for the newest.
  package func history(
    of key: DocumentObject.Key, below: Int64?, size: Int
  ) throws -> [DocumentVersion] {
    try pool.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT v.version, v.time, v.key_id, v.key_name, v.action, v.campaign, v.json,
            b.campaign, b.json
          FROM document_version v LEFT JOIN document_version b
            ON b.kind = v.kind AND b.advertiser = v.advertiser AND b.id = v.id
            AND b.version = v.version - 1
          WHERE v.kind = ? AND v.advertiser = ? AND v.id = ? AND v.version < ?
          ORDER BY v.version DESC LIMIT ?
          """,
        arguments: [key.kind.rawValue, key.advertiser, key.id, below ?? .max, size]
      ).map { try DocumentVersion($0, of: key) }
    }
  }

  /// One version of an object; nil where it never had it.
  package func version(
    _ version: Int64, of key: DocumentObject.Key
  ) throws -> DocumentVersion? {
    guard version < .max else { return nil }
    return try history(of: key, below: version + 1, size: 1).first { $0.version == version }
  }
}
