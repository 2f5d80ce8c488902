import GRDB

/// The entries of the audit log that are asked for.
package struct AuditFilter: Sendable {
  /// Entries of other advertisers, and of none, do not exist for it.
  private let scope: AdvertiserScope
  private let advertiser: String?
  private let object: String?
  private let keyID: String?

  package init(
    scope: AdvertiserScope, advertiser: String? = nil, object: String? = nil, keyID: String? = nil
  ) {
    self.scope = scope
    self.advertiser = advertiser
    self.object = object
    self.keyID = keyID
  }

  /// The condition on a row.
  var condition: SQL {
    var terms: [SQL] = ["1"]
    if let advertisers = scope.advertisers { terms.append("advertiser IN \(advertisers)") }
    if let advertiser { terms.append("advertiser = \(advertiser)") }
    if let object { terms.append("object = \(object)") }
    if let keyID { terms.append("key_id = \(keyID)") }
    return terms.joined(separator: " AND ")
  }
}
