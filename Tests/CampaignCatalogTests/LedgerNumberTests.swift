import AuctionTypes
import CampaignDocuments
import FixedMemory
import Testing

@testable import CampaignCatalog

/// What the catalog takes over from the ledger and for its notices.
struct LedgerNumberTests {
  @Test func everyRowHasItsNumber() {
    let advertisers = [
      Samples.advertiser(
        "b", creatives: [Samples.creative("x"), Samples.creative("y")],
        [Samples.campaign([Samples.lineItem(creatives: ["y"])])]), Samples.advertiser("a"),
    ]
    let numbers = LedgerNumbers(
      accounts: ["a/k/l": AccountID(rawValue: 7), "b/k/l": AccountID(rawValue: 3)],
      creatives: [
        "a/c": CreativeID(rawValue: 1), "b/x": CreativeID(rawValue: 9),
        "b/y": CreativeID(rawValue: 4),
      ], exchanges: ["example": ExchangeID(rawValue: 65_535)])
    let catalog = Samples.compile(advertisers, numbers: numbers)
    let accounts = catalog.lineItems.indices.map { catalog.lineItems[$0].account?.rawValue }
    #expect(accounts == [7, 3])
    let creatives = catalog.creatives.indices.map { catalog.creatives[$0].id.rawValue }
    #expect(creatives == [1, 9, 4])
    #expect(catalog.exchanges[0].id == ExchangeID(rawValue: 65_535))
  }

  @Test func whatHasNoNumberIsNotShown() {
    let catalog = Samples.compile(
      [
        Samples.advertiser(
          creatives: [Samples.creative("c"), Samples.creative("d")],
          [Samples.campaign([Samples.lineItem(creatives: ["c", "d"])])])
      ], numbers: LedgerNumbers(creatives: ["a/d": CreativeID(rawValue: 0)]))
    #expect(catalog.lineItems[0].account == nil)
    #expect(catalog.exchanges[0].id == nil)
    let shown = catalog.lineItems[0].creatives.indices.map { catalog.creativeIndices[$0] }
    #expect(shown == [1])
  }

  @Test func numbersWithoutALedgerAreDense() {
    let advertisers = [Samples.advertiser("a"), Samples.advertiser("b")]
    let numbers = LedgerNumbers.sequential(
      for: advertisers, exchanges: [ExchangeRules(name: "x"), ExchangeRules(name: "y")])
    #expect(numbers.accounts.mapValues(\.rawValue) == ["a/k": 0, "a/k/l": 1, "b/k": 2, "b/k/l": 3])
    #expect(numbers.creatives.mapValues(\.rawValue) == ["a/c": 0, "b/c": 1])
    #expect(numbers.exchanges.mapValues(\.rawValue) == ["x": 0, "y": 1])
  }

  @Test func aLineItemHasItsOwnCapsAndItsCampaigns() throws {
    let hourly = FrequencyCap(impressions: 2, periodSeconds: 3_600)
    let daily = FrequencyCap(impressions: 9, periodSeconds: 86_400, allowsUnidentified: true)
    let catalog = Samples.compile([
      Samples.advertiser([
        Samples.campaign(
          caps: [daily],
          [
            Samples.lineItem(
              "l1", caps: [hourly, daily, FrequencyCap(impressions: 3, periodSeconds: 3_600)]),
            Samples.lineItem("l2"),
          ]), Samples.campaign("k2", [Samples.lineItem("l3")]),
      ])
    ])
    let caps = catalog.lineItems.indices.map { lineItem in
      catalog.lineItems[lineItem].caps.indices.map { catalog.caps[$0] }
    }
    let two = CapRule(impressions: 2, periodSeconds: 3_600)
    let nine = CapRule(impressions: 9, periodSeconds: 86_400, allowsUnidentified: true)
    let campaign = CatalogCap(account: AccountID(rawValue: 0), rule: nine)
    let own = AccountID(rawValue: 1)
    #expect(
      caps == [
        [CatalogCap(account: own, rule: two), CatalogCap(account: own, rule: nine), campaign],
        [campaign], [],
      ])
  }

  @Test func anExchangeHasItsNoticeSettings() {
    let catalog = Samples.compile(
      [],
      exchanges: [
        ExchangeRules(name: "a"),
        ExchangeRules(name: "b", noticeWindowSeconds: 1_800, sendsExpiry: true, billOn: .win),
      ])
    let rows = catalog.exchanges.indices.map { catalog.exchanges[$0] }
    #expect(rows.map(\.noticeWindowSeconds) == [60, 1_800])
    #expect(rows.map(\.sendsExpiry) == [false, true])
    #expect(rows.map(\.billOn) == [.billing, .win])
  }

  @Test(arguments: [
    ("http://a.example", nil, "http://a.example", ""),
    ("http://a.example/", "https://a.example/b/", "http://a.example", "https://a.example/b"),
    ("http://a.example/\"", "https://é.example", "http://a.example/\\\"", "https://é.example"),
  ])
  func prefixesAreTheInsideOfAStringWithoutTheLastSlash(
    plain: String, secure: String?, plainText: String, secureText: String
  ) {
    let catalog = Samples.compile(
      [], rules: BiddingRules(publicURL: plain, publicURLTLS: secure))
    #expect(catalog.string(catalog.publicURL(isSecure: false)) == plainText)
    #expect(catalog.string(catalog.publicURL(isSecure: true)) == secureText)
    #expect(catalog.rules.hasSecureURL == (secure != nil))
  }

  @Test func landingURLsOutliveTheirDocuments() {
    let known = CreativeID(rawValue: 5)
    let dropped = CreativeID(rawValue: 2)
    let catalog = Samples.compile(
      [Samples.advertiser(creatives: [Samples.creative(landingURL: "https://new.example/")])],
      numbers: LedgerNumbers(creatives: ["a/c": known]),
      landingURLs: [known: "https://old.example/", dropped: "https://gone.example/?a=\"&b"])
    func landing(_ number: UInt32) -> String? {
      guard let url = catalog.landingURL(of: CreativeID(rawValue: number)) else { return nil }
      return catalog.string(url)
    }
    #expect(landing(5) == "https://new.example/")
    #expect(landing(2) == "https://gone.example/?a=\"&b")
    for unknown in [0, 1, 3, 4, 6, .max] as [UInt32] { #expect(landing(unknown) == nil) }
  }

  @Test func exchangesShareTheMarkup() {
    let markup = String(repeating: "<i>", count: 10_000)
    let exchanges = (0..<20).map { ExchangeRules(name: "e\($0)") }
    let creative = Samples.creative(
      markup: markup + "${CLICK_URL}" + markup, exchangeIDs: ["e3": "own"])
    let catalog = Samples.compile(
      [Samples.advertiser(creatives: [creative])], exchanges: exchanges)
    #expect(catalog.text.count < 2 * markup.utf8.count + 4_096)
    let pieces = catalog.creatives[0].markup.indices.map { catalog.markupPieces[$0].count }
    #expect(pieces == [30_000, 30_011])
    let bytes = catalog.bidBytes(creative: 0, exchange: 3)
    #expect(bytes > 60_000 && bytes < 62_000)
  }
}
