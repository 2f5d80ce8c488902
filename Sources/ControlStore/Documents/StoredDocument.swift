import AuctionTypes
import CampaignDocuments
import GRDB

/// An object as it is stored: what it says, and which version of it that is.
package struct StoredDocument: Sendable, Equatable {
  package let object: DocumentObject
  /// One more with each change, also over a deletion and a new beginning.
  package let version: Int64
  /// When it was changed last.
  package let updated: WallTime
  /// The name of the key that changed it last.
  package let updatedBy: String

  package init(object: DocumentObject, version: Int64, updated: WallTime, updatedBy: String) {
    self.object = object
    self.version = version
    self.updated = updated
    self.updatedBy = updatedBy
  }

  /// The columns that ``init(_:)`` reads, in their order.
  static let columns = "kind, advertiser, campaign, id, json, version, updated, key_name"

  init(_ row: Row) throws {
    object = try DocumentObject(row)
    version = row[5]
    updated = WallTime(milliseconds: row[6])
    updatedBy = row[7]
  }
}

extension DocumentObject {
  /// The object of a row that starts with kind, advertiser, campaign, id and JSON.
  init(_ row: Row) throws {
    let name: String = row[0]
    guard let kind = DocumentKind(rawValue: name) else {
      throw DatabaseError(message: "a document of the unknown kind \(name)")
    }
    self.init(kind: kind, advertiser: row[1], campaign: row[2], id: row[3], json: row[4])
  }
}

/// Where an advertiser came from, which says whether it goes when the configuration drops it.
package enum DocumentOrigin: String, Sendable {
  /// The configuration made it, and nobody has changed it since it was last applied.
  case configuration
  /// The configuration made it, and the API has changed it since.
  case changed
  /// The API made it.
  case api
}
