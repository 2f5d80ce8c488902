import AuctionTypes
import CampaignDocuments
import Testing

@testable import CampaignCatalog

struct PriceTests {
  private static let values: [(Bid, Int64)] = [
    (Bid(amountMicros: 2_500_000), 2_500_000),
    (Bid(amountMicros: 2_500_000, maxCPMMicros: 2_000_000), 2_000_000),
    (Bid(amountMicros: 2_500_000, maxCPMMicros: 3_000_000), 2_500_000),
    // 0.35 a click, 0.4 % of impressions clicked: 1.40 per thousand.
    (Bid(model: .cpc, amountMicros: 350_000, priorCTRPartsPerMillion: 4_000), 1_400_000),
    (
      Bid(
        model: .cpc, amountMicros: 350_000, maxCPMMicros: 1_000_000,
        priorCTRPartsPerMillion: 4_000), 1_000_000
    ),
    // 1/1000 of a micro is not paid.
    (Bid(model: .cpc, amountMicros: 999, priorCTRPartsPerMillion: 1), 0),
    (Bid(model: .cpc, amountMicros: 1_999, priorCTRPartsPerMillion: 1), 1),
    // 20 an action, 2 % clicks, 5 % actions: 20 per thousand.
    (
      Bid(
        model: .cpa, amountMicros: 20_000_000, priorCTRPartsPerMillion: 20_000,
        priorCVRPartsPerMillion: 50_000), 20_000_000
    ),
    (
      Bid(
        model: .cpa, amountMicros: 20_000_000, maxCPMMicros: 7, priorCTRPartsPerMillion: 20_000,
        priorCVRPartsPerMillion: 50_000), 7
    ),
    (
      Bid(
        model: .cpa, amountMicros: 999_999_999, priorCTRPartsPerMillion: 1,
        priorCVRPartsPerMillion: 1), 0
    ),
    // The largest amounts that a document may hold stay within 64 bits.
    (
      Bid(
        model: .cpa, amountMicros: CampaignLimits.amountMicros,
        priorCTRPartsPerMillion: 1_000_000, priorCVRPartsPerMillion: 1_000_000),
      CampaignLimits.amountMicros * 1_000
    ),
    (
      Bid(
        model: .cpc, amountMicros: CampaignLimits.amountMicros,
        priorCTRPartsPerMillion: 1_000_000), CampaignLimits.amountMicros * 1_000
    ),
  ]

  @Test(arguments: values)
  func worksOutTheValueOfAThousandImpressions(bid: Bid, micros: Int64) {
    #expect(LineItemPrice(bid).value == CPM(micros: micros))
  }

  @Test func neverExceedsTheCeiling() {
    #expect(LineItemPrice(Bid(amountMicros: 5, maxCPMMicros: 3)).value == CPM(micros: 3))
    #expect(LineItemPrice(Bid(amountMicros: 5)).value == CPM(micros: 5))
  }

  @Test(arguments: [(0, 1_000_000), (1, 100_000), (4, 100), (6, 1)])
  func priceDecimalsMakeTheStep(decimals: Int, micros: Int64) {
    let catalog = Samples.compile(
      [Samples.advertiser()],
      exchanges: [ExchangeRules(name: "example", priceDecimals: decimals)])
    #expect(catalog.exchanges[0].priceStepMicros == micros)
  }
}
