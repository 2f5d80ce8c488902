/// One object as the API shows it: the canonical JSON of its own fields, without its children.
///
/// The JSON has the keys of documents in sorted order. What holds nothing (an empty list, a limit
/// or targeting that is not set) is left out; everything else is written, defaults included. Equal
/// values have equal text.
package struct DocumentObject: Sendable, Hashable {
  /// What it is.
  package let kind: DocumentKind
  /// The id of its advertiser; an advertiser's own.
  package let advertiser: String
  /// The id of a line item's campaign; nil for all other kinds.
  package let campaign: String?
  /// Its own id, unique among its kind within the advertiser.
  package let id: String
  /// The canonical JSON.
  package let json: String

  /// An object of these parts.
  package init(
    kind: DocumentKind, advertiser: String, campaign: String? = nil, id: String, json: String
  ) {
    self.kind = kind
    self.advertiser = advertiser
    self.campaign = campaign
    self.id = id
    self.json = json
  }

  /// The object's place among all: `acme`, `acme/creatives/c`, `acme/spring`, `acme/spring/x`.
  package var path: String {
    switch kind {
    case .advertiser: advertiser
    case .creative: "\(advertiser)/creatives/\(id)"
    case .campaign: "\(advertiser)/\(id)"
    case .lineItem: "\(advertiser)/\(campaign ?? "")/\(id)"
    }
  }

  /// The advertiser's own object, then its creatives, its campaigns and their line items, each in
  /// the order of the document.
  /// - Complexity: O(n) in the size of the advertiser.
  package static func split(_ advertiser: Advertiser) -> [DocumentObject] {
    let owner = advertiser.id
    var objects = [
      DocumentObject(
        kind: .advertiser, advertiser: owner, id: owner, json: advertiser.ownNode.json)
    ]
    objects += advertiser.creatives.map { creative in
      DocumentObject(
        kind: .creative, advertiser: owner, id: creative.id, json: creative.node.json)
    }
    objects += advertiser.campaigns.map { campaign in
      DocumentObject(
        kind: .campaign, advertiser: owner, id: campaign.id, json: campaign.ownNode.json)
    }
    for campaign in advertiser.campaigns {
      objects += campaign.lineItems.map { item in
        DocumentObject(
          kind: .lineItem, advertiser: owner, campaign: campaign.id, id: item.id,
          json: item.node.json)
      }
    }
    return objects
  }
}
