import AuctionTypes
import CampaignDocuments
import Testing

@testable import CampaignCatalog

/// The order in which line items are numbered.
struct PriceOrderTests {
  private static func advertiser(_ id: String, _ currency: String, _ micros: [Int64]) -> Advertiser
  {
    Advertiser(
      id: id, name: id, domain: "\(id).example", currency: currency,
      creatives: [Samples.creative()],
      campaigns: [
        Samples.campaign(
          micros.enumerated().map { index, price in
            Samples.lineItem("l\(index)", bid: Bid(amountMicros: price))
          })
      ])
  }

  private static func catalog() -> CampaignCatalog {
    let advertisers = [
      advertiser("a", "CHF", [9_000_000]), advertiser("b", "USD", [2_160_000, 5_000_000]),
      advertiser("c", "EUR", [2_000_000, 2_000_001]), advertiser("d", "USD", [2_160_000]),
    ]
    return CatalogCompiler(
      advertisers: advertisers, exchanges: [ExchangeRules(name: "example")],
      rates: [CurrencyCode("EUR")!: 1_080_000_000],
      numbers: .sequential(for: advertisers, exchanges: [ExchangeRules(name: "example")]),
      registry: SegmentRegistry(), now: Samples.monday
    ).compile()
  }

  @Test func whatPaysMostComesFirstThenThePathAndLastWhatHasNoRate() {
    let paths = Self.catalog().paths
    #expect(paths == ["b/k/l1", "c/k/l1", "b/k/l0", "c/k/l0", "d/k/l0", "a/k/l0"])
  }

  @Test func eachKnowsItsPlaceAmongThePathsAndTheNextCheaperOne() {
    let catalog = Self.catalog()
    let ranks = catalog.lineItems.indices.map { catalog.lineItems[$0].rank }
    let next = catalog.lineItems.indices.map { catalog.lineItems[$0].nextCheaper }
    #expect(ranks == [2, 4, 1, 3, 5, 0])
    #expect(next == [1, 2, 5, 5, 5, 6])
  }
}
