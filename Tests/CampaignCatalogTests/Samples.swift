import AuctionTypes
import CampaignDocuments
import FixedMemory

@testable import CampaignCatalog

/// Advertisers that the tests start from.
enum Samples {
  /// 2026-03-02T12:00:00Z, a Monday.
  static let monday = WallTime(milliseconds: 1_772_452_800_000)

  static func creative(
    _ id: String = "c", width: Int = 300, height: Int = 250,
    markup: String = "<a href=\"${CLICK_URL}\">buy</a>",
    landingURL: String = "https://a.example/", attributes: [Int] = [],
    exchangeIDs: [String: String] = [:]
  ) -> Creative {
    Creative(
      id: id, widthPixels: width, heightPixels: height, markup: markup, landingURL: landingURL,
      attributes: attributes, exchangeIDs: exchangeIDs)
  }

  static func lineItem(
    _ id: String = "l", status: Status = .active,
    bid: Bid = Bid(amountMicros: 1_000_000), caps: [FrequencyCap] = [],
    creatives: [String] = ["c"], _ targeting: Targeting = Targeting()
  ) -> LineItem {
    LineItem(
      id: id, status: status, bid: bid, frequencyCaps: caps, creativeIDs: creatives,
      targeting: targeting)
  }

  static func campaign(
    _ id: String = "k", status: Status = .active, flight: Flight = .open, zone: String = "UTC",
    caps: [FrequencyCap] = [], _ lineItems: [LineItem] = [lineItem()]
  ) -> Campaign {
    Campaign(
      id: id, status: status, flight: flight, budget: Budget(dailyMicros: 1), timeZone: zone,
      frequencyCaps: caps, lineItems: lineItems)
  }

  static func campaign(_ lineItems: [LineItem]) -> Campaign { campaign("k", lineItems) }

  static func advertiser(_ campaigns: [Campaign]) -> Advertiser { advertiser("a", campaigns) }

  static func advertiser(
    _ id: String = "a", seats: [String: String] = [:], categories: [String] = [],
    creatives: [Creative] = [creative()], _ campaigns: [Campaign] = [campaign()]
  ) -> Advertiser {
    Advertiser(
      id: id, name: id, domain: "\(id).example", seats: seats, categories: categories,
      creatives: creatives, campaigns: campaigns)
  }

  static func compile(
    _ advertisers: [Advertiser], exchanges: [ExchangeRules] = [ExchangeRules(name: "example")],
    rules: BiddingRules = BiddingRules(), numbers: LedgerNumbers? = nil,
    landingURLs: [CreativeID: String] = [:], registry: SegmentRegistry = SegmentRegistry(),
    now: WallTime = monday, generation: UInt64 = 1
  ) -> CampaignCatalog {
    CatalogCompiler(
      advertisers: advertisers, exchanges: exchanges, rules: rules,
      numbers: numbers ?? .sequential(for: advertisers, exchanges: exchanges),
      landingURLs: landingURLs, registry: registry, now: now, generation: generation
    ).compile()
  }
}

extension BitmapWords {
  /// The set bits, in order.
  var members: [Int] {
    var members: [Int] = []
    var next = firstBit()
    while let bit = next {
      members.append(bit)
      next = firstBit(from: bit + 1)
    }
    return members
  }
}

extension CampaignCatalog {
  /// The paths of all line items, in their order.
  var paths: [String] { lineItems.indices.map { string(lineItems[$0].path) } }
}
