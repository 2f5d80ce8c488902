import AuctionTypes
import CampaignCatalog
import CampaignDocuments

/// Advertisers and requests that the tests start from.
enum Samples {
  /// 2026-03-02T12:00:00Z, a Monday.
  static let monday = WallTime(milliseconds: 1_772_452_800_000)

  static let currencies: [CurrencyCode: Int64] = [
    CurrencyCode("EUR")!: 1_080_000_000, CurrencyCode("JPY")!: 6_700_000,
    CurrencyCode("GBP")!: 1_250_000_000,
  ]

  static func creative(
    _ id: String = "c", width: Int = 300, height: Int = 250,
    markup: String = "<a href=\"${CLICK_URL}\">buy</a>",
    landingURL: String = "https://a.example/", attributes: [Int] = [], isSecure: Bool = true
  ) -> Creative {
    Creative(
      id: id, widthPixels: width, heightPixels: height, markup: markup, landingURL: landingURL,
      attributes: attributes, isSecure: isSecure)
  }

  static func lineItem(
    _ id: String = "l", cpm micros: Int64 = 2_000_000, creatives: [String] = ["c"],
    caps: [FrequencyCap] = [], _ target: (inout Targeting) -> Void = { _ in }
  ) -> LineItem {
    var targeting = Targeting()
    target(&targeting)
    return LineItem(
      id: id, bid: Bid(amountMicros: micros), frequencyCaps: caps, creativeIDs: creatives,
      targeting: targeting)
  }

  static func advertiser(
    _ id: String = "a", domain: String? = nil, currency: String = "USD",
    seats: [String: String] = [:], categories: [String] = [],
    creatives: [Creative] = [creative()], zone: String = "UTC", caps: [FrequencyCap] = [],
    _ lineItems: [LineItem] = [lineItem()]
  ) -> Advertiser {
    Advertiser(
      id: id, name: id, domain: domain ?? "\(id).example", currency: currency, seats: seats,
      categories: categories, creatives: creatives,
      campaigns: [
        Campaign(
          id: "k", budget: Budget(dailyMicros: 1), timeZone: zone, frequencyCaps: caps,
          lineItems: lineItems)
      ])
  }

  static func advertiser(_ lineItems: [LineItem]) -> Advertiser { advertiser("a", lineItems) }

  /// A request for a banner of 300 × 250 on a site.
  static func request(
    banner: String = #""w":300,"h":250"#, imp: String = "",
    source: String = #""site":{"domain":"news.example"}"#, _ members: String = ""
  ) -> String {
    let more = [source, members].filter { !$0.isEmpty }.map { "," + $0 }.joined()
    let imp = imp.isEmpty ? "" : "," + imp
    return #"{"id":"r","imp":[{"id":"1","banner":{\#(banner)}\#(imp)}]\#(more)}"#
  }
}
