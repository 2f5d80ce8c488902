import AuctionTypes
import CampaignDocuments
import GRDB
import Testing

@testable import ControlStore

@Suite struct DocumentStoreTests {
  private static let stamp = DocumentStamp(
    time: WallTime(milliseconds: 5), principal: .configuration, requestID: "r")

  private static func campaign(_ id: String, _ json: String) -> DocumentObject {
    DocumentObject(kind: .campaign, advertiser: "acme", id: id, json: json)
  }

  /// Stores a state of one campaign, or its deletion.
  private func write(_ store: DocumentStore, _ json: String?) throws -> Int64 {
    let key = Self.campaign("k", "").key
    let before = try store.document(key)
    let after = json.map { Self.campaign("k", $0) }
    let action: DocumentAction = after == nil ? .delete : before == nil ? .create : .update
    return try #require(
      try store.write(
        [DocumentWrite(action, before: before, after: after, key: key)], stamp: Self.stamp
      ).first)
  }

  @Test func countsVersionsOverADeletion() throws {
    let database = try TemporaryDatabase()
    let store = DocumentStore(database.database)
    #expect(try write(store, #"{"a":1}"#) == 1)
    #expect(try write(store, #"{"a":2}"#) == 2)
    #expect(try write(store, nil) == 3)
    #expect(try store.document(Self.campaign("k", "").key) == nil)
    #expect(try write(store, #"{"a":4}"#) == 4)
    let key = Self.campaign("k", "").key
    let history = try store.history(of: key, below: nil, size: 10)
    #expect(history.map { $0.action } == [.create, .delete, .update, .create])
    #expect(history.map { $0.before?.json } == [nil, #"{"a":2}"#, #"{"a":1}"#, nil])
    #expect(history.map { $0.after?.json } == [#"{"a":4}"#, nil, #"{"a":2}"#, #"{"a":1}"#])
    #expect(try store.version(2, of: key)?.after?.json == #"{"a":2}"#)
    #expect(try store.version(9, of: key) == nil)
    #expect(try store.version(.max, of: key) == nil)
    #expect(try store.revision(of: "acme") == 4)
    #expect(try store.revision(of: "none") == 0)
  }

  @Test func keepsTheNewestVersionsAndTheYoungOnes() throws {
    let database = try TemporaryDatabase()
    var limit = HistoryLimit()
    limit.versions = 3
    limit.most = 5
    limit.milliseconds = 10
    let store = DocumentStore(database.database, history: limit)
    let key = Self.campaign("k", "").key
    func kept(after count: Int, at milliseconds: Int64) throws -> [Int64] {
      for _ in 0..<count {
        let before = try store.document(key)
        let after = Self.campaign("k", "{\"a\":\((before?.version ?? 0) + 1)}")
        _ = try store.write(
          [DocumentWrite(.update, before: before, after: after, key: key)],
          stamp: DocumentStamp(
            time: WallTime(milliseconds: milliseconds), principal: .configuration, requestID: "r"))
      }
      return try store.history(of: key, below: nil, size: 99).map(\.version)
    }
    #expect(try kept(after: 5, at: 0) == [5, 4, 3, 2, 1])
    #expect(try kept(after: 3, at: 10) == [8, 7, 6, 5, 4])
    #expect(try kept(after: 1, at: 11) == [9, 8, 7, 6])
    #expect(
      try store.history(of: key, below: nil, size: 99).map { $0.before?.json }.last == .some(nil))
    #expect(try store.version(3, of: key) == nil)
    #expect(try store.version(6, of: key)?.after?.json == #"{"a":6}"#)
    // A longer history of before shrinks by some at each write.
    let long = DocumentStore(database.database)
    for _ in 0..<30 {
      let before = try long.document(key)
      _ = try long.write(
        [
          DocumentWrite(
            .update, before: before, after: Self.campaign("k", "{\"b\":\(before?.version ?? 0)}"),
            key: key)
        ], stamp: Self.stamp)
    }
    #expect(try kept(after: 1, at: 100).count == 34 + 1 - StoreLimits.versionsForgotten)
    #expect(try kept(after: 3, at: 100) == [43, 42, 41, 40])
  }

  @Test func addsAnAuditEntryToEveryVersion() throws {
    let database = try TemporaryDatabase()
    let store = DocumentStore(database.database)
    _ = try write(store, #"{"a":1}"#)
    _ = try write(store, nil)
    let rows = try database.pool.read {
      try Row.fetchAll($0, sql: "SELECT action, object, before, after FROM audit ORDER BY sequence")
    }
    #expect(rows.map { $0["action"] as String } == ["campaign.create", "campaign.delete"])
    #expect(rows.map { $0["object"] as String } == ["acme/campaigns/k", "acme/campaigns/k"])
    #expect(rows.map { $0["before"] as String? } == [nil, #"{"a":1}"#])
    #expect(rows.map { $0["after"] as String? } == [#"{"a":1}"#, nil])
  }

  @Test func storesAllOrNothing() throws {
    let database = try TemporaryDatabase()
    let store = DocumentStore(database.database)
    try database.pool.write {
      try $0.execute(
        sql: """
          CREATE TRIGGER full BEFORE INSERT ON audit WHEN NEW.sequence > 1
            BEGIN SELECT RAISE(ABORT, 'full'); END
          """)
    }
    let writes = ["k", "l"].map { id in
      let object = Self.campaign(id, "{}")
      return DocumentWrite(.create, before: nil, after: object, key: object.key)
    }
    #expect(throws: StoreFailure.self) { try store.write(writes, stamp: Self.stamp) }
    #expect(try store.documents(of: "acme").isEmpty)
    #expect(try store.revision(of: "acme") == 0)
  }

  @Test func readsTheTreeOfAnAdvertiserInOrder() throws {
    let database = try TemporaryDatabase()
    let store = DocumentStore(database.database)
    let objects = [
      DocumentObject(kind: .lineItem, advertiser: "acme", campaign: "k", id: "b", json: "{}"),
      Self.campaign("k", "{}"),
      DocumentObject(
        kind: .lineItem, advertiser: "acme", campaign: "k", id: "a",
        json: #"{"creatives":["c"]}"#),
      DocumentObject(kind: .creative, advertiser: "acme", id: "c", json: "{}"),
      DocumentObject(kind: .advertiser, advertiser: "acme", id: "acme", json: "{}"),
      DocumentObject(kind: .advertiser, advertiser: "other", id: "other", json: "{}"),
    ]
    _ = try store.write(
      objects.map { DocumentWrite(.create, before: nil, after: $0, key: $0.key) },
      origins: ["other": .configuration], stamp: Self.stamp)
    #expect(
      try store.documents(of: "acme").map { $0.object.id } == ["acme", "c", "k", "a", "b"])
    #expect(try store.lineItems(of: "k", advertiser: "acme").map { $0.object.id } == ["a", "b"])
    #expect(try store.lineItems(showing: "c", advertiser: "acme") == ["a"])
    #expect(try store.origins() == ["acme": .api, "other": .configuration])
  }
}
