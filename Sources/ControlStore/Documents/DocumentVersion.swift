import AuctionTypes
import CampaignDocuments
import GRDB

/// One change of an object: who made it, when, from what to what.
package struct DocumentVersion: Sendable, Equatable {
  package let version: Int64
  package let time: WallTime
  package let keyID: String
  package let keyName: String
  package let action: DocumentAction
  /// The object before; nil when there was none.
  package let before: DocumentObject?
  /// The object after; nil when it was deleted.
  package let after: DocumentObject?

  /// A row of version, time, key, action, then campaign and JSON after it and before it.
  init(_ row: Row, of key: DocumentObject.Key) throws {
    version = row[0]
    time = WallTime(milliseconds: row[1])
    keyID = row[2]
    keyName = row[3]
    let name: String = row[4]
    guard let action = DocumentAction(rawValue: name) else {
      throw DatabaseError(message: "a version by the unknown action \(name)")
    }
    self.action = action
    after = Self.object(key, campaign: row[5], json: row[6])
    before = Self.object(key, campaign: row[7], json: row[8])
  }

  private static func object(
    _ key: DocumentObject.Key, campaign: String?, json: String?
  ) -> DocumentObject? {
    json.map {
      DocumentObject(
        kind: key.kind, advertiser: key.advertiser, campaign: campaign, id: key.id, json: $0)
    }
  }
}

/// What a version did to its object.
package enum DocumentAction: String, Sendable {
  case create, update, delete
  /// It is again as it was after an older version.
  case restore
}

/// One change that is to be stored.
package struct DocumentWrite: Sendable, Equatable {
  package let action: DocumentAction
  package let key: DocumentObject.Key
  /// The object as it is stored; nil where there is none.
  package let before: StoredDocument?
  /// The object as it is to be; nil to delete it.
  package let after: DocumentObject?

  package init(
    _ action: DocumentAction, before: StoredDocument?, after: DocumentObject?,
    key: DocumentObject.Key
  ) {
    self.action = action
    self.key = key
    self.before = before
    self.after = after
  }
}

/// Who makes changes, when, and at which request.
package struct DocumentStamp: Sendable, Equatable {
  package let time: WallTime
  package let keyID: String
  package let keyName: String
  /// The request's id in the logs; empty for what the server itself changed.
  package let requestID: String

  package init(time: WallTime, principal: Principal, requestID: String) {
    self.time = time
    keyID = principal.keyID
    keyName = principal.name
    self.requestID = requestID
  }
}
