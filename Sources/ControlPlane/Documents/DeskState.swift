import CampaignDocuments

/// What the desk knows of the documents beside what is stored: the advertisers that are in force,
/// or will be when the round is over.
struct DeskState {
  /// By id; one whose stored documents do not fit the configuration is missing.
  private(set) var advertisers: [String: Advertiser] = [:]
  /// Whether the advertisers are what bids are made for.
  var isInForce = false
  /// Whether what is stored was read.
  var isLoaded = false

  /// All of them, by id.
  /// - Complexity: O(n log n).
  var list: [Advertiser] { advertisers.values.sorted { $0.id < $1.id } }

  /// Replaces some; those without a value are gone.
  mutating func replace(_ changes: [String: Advertiser?]) {
    for (id, advertiser) in changes { advertisers[id] = advertiser }
    isInForce = false
  }

  /// What some changes would break of the limits of all documents together.
  /// - Complexity: O(campaigns + creatives).
  func fault(after changes: [String: Advertiser?]) -> String? {
    var all = advertisers
    for (id, advertiser) in changes { all[id] = advertiser }
    for case let advertiser? in changes.values {
      if let fault = Self.fault(of: advertiser) { return fault }
    }
    if all.count > CampaignLimits.advertisers {
      return "more than \(CampaignLimits.advertisers) advertisers"
    }
    if all.values.reduce(0, { $0 + $1.lineItemCount }) > CampaignLimits.lineItemsOfSet {
      return "more than \(CampaignLimits.lineItemsOfSet) line items of all advertisers"
    }
    if all.values.reduce(0, { $0 + $1.markupByteCount }) > CampaignLimits.markupBytesOfSet {
      return "more than \(CampaignLimits.markupBytesOfSet) bytes of markup of all advertisers"
    }
    return nil
  }

  private static func fault(of advertiser: Advertiser) -> String? {
    if advertiser.creatives.count > CampaignLimits.creatives {
      return "more than \(CampaignLimits.creatives) creatives of an advertiser"
    }
    if advertiser.campaigns.count > CampaignLimits.campaigns {
      return "more than \(CampaignLimits.campaigns) campaigns of an advertiser"
    }
    let isFull = advertiser.campaigns.contains { $0.lineItems.count > CampaignLimits.lineItems }
    return isFull ? "more than \(CampaignLimits.lineItems) line items of a campaign" : nil
  }
}

extension Advertiser {
  /// The line items of all campaigns.
  /// - Complexity: O(campaigns).
  var lineItemCount: Int { campaigns.reduce(0) { $0 + $1.lineItems.count } }

  /// Bytes of markup, once for each id that an exchange knows a creative by.
  /// - Complexity: O(creatives).
  fileprivate var markupByteCount: Int {
    creatives.reduce(0) { $0 + $1.markup.utf8.count * ($1.exchangeIDs.count + 1) }
  }
}
