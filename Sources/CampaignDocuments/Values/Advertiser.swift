/// Who pays, with all creatives and campaigns.
package struct Advertiser: Sendable, Equatable {
  /// Unique over all documents.
  package let id: String
  /// For people; the id where the document has none.
  package let name: String
  /// The bid's `adomain`, lower case.
  package let domain: String
  /// The ISO 4217 code that all amounts are in.
  package let currency: String
  /// Seats by exchange name, which override the exchange's own.
  package let seats: [String: String]
  /// IAB content categories of the advertiser's ads, for `bcat` and the bid's `cat`.
  package let categories: [String]
  /// Creatives in the order of the document.
  package let creatives: [Creative]
  /// Campaigns in the order of the document.
  package let campaigns: [Campaign]

  /// An advertiser of these parts.
  package init(
    id: String, name: String, domain: String, currency: String = "USD",
    seats: [String: String] = [:], categories: [String] = [], creatives: [Creative] = [],
    campaigns: [Campaign] = []
  ) {
    self.id = id
    self.name = name
    self.domain = domain
    self.currency = currency
    self.seats = seats
    self.categories = categories
    self.creatives = creatives
    self.campaigns = campaigns
  }
}
