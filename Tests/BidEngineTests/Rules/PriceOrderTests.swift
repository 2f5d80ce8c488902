import AuctionTypes
import CampaignCatalog
import CampaignDocuments
import Testing

@testable import BidEngine

/// Line items are asked from the one that is worth most on, and no further than needed.
struct PriceOrderTests {
  private static let cents = [ExchangeRules(name: "example", priceDecimals: 2)]

  /// Advertisers `a`, `b`, … with one line item each, of these prices.
  private static func advertisers(
    _ micros: [Int64], currencies: [String] = []
  ) -> [Advertiser] {
    micros.enumerated().map { index, price in
      Samples.advertiser(
        String(UnicodeScalar(UInt8(97 + index))),
        currency: index < currencies.count ? currencies[index] : "USD",
        [Samples.lineItem(cpm: price)])
    }
  }

  private static func winner(_ answer: Answer) throws -> String {
    let line = answer.lines.first { line in
      if case .bids = line.verdicts[0] { true } else { false }
    }
    return try #require(line?.path)
  }

  @Test(
    arguments: [
      ([1_000_000, 3_000_000, 2_000_000], "b/k/l"),
      ([2_000_000, 2_000_000, 2_000_000], "a/k/l"),
      // 2.319 is worth more than 2.31, and both are bids of 2.31.
      ([2_310_000, 2_319_000, 2_318_000], "a/k/l"),
      ([2_309_999, 2_319_000, 2_318_000, 2_310_000], "b/k/l"),
      ([9_000, 8_000, 2_310_000], "c/k/l"),
    ] as [([Int64], String)])
  func theHighestPriceWinsAndOfEqualOnesTheLowerPath(_ micros: [Int64], _ path: String) throws {
    let engine = Engine(Self.advertisers(micros), exchanges: Self.cents)
    #expect(try Self.winner(engine.answer(Samples.request())) == path)
  }

  @Test func amountsOfSeveralCurrenciesTieByWhatIsBid() throws {
    // 2 EUR are 2.16 USD; 322.4 JPY are 2.16008 USD.
    let advertisers = Self.advertisers(
      [2_160_000, 2_000_000, 322_400_000], currencies: ["USD", "EUR", "JPY"])
    let engine = Engine(advertisers, exchanges: Self.cents)
    #expect(try Self.winner(engine.answer(Samples.request())) == "a/k/l")
    let euros = Samples.request(#""cur":["EUR"]"#)
    #expect(try Self.winner(engine.answer(euros)) == "a/k/l")
  }

  @Test func whoCannotPayMakesRoomForTheNextOfTheSamePrice() throws {
    let engine = Engine(Self.advertisers([3_000_000, 3_000_000, 2_000_000]))
    engine.purse.fill("b/k/l", Money(nanos: 5_000_000))
    engine.purse.fill("c/k/l", Money(nanos: 5_000_000))
    #expect(try Self.winner(engine.answer(Samples.request())) == "b/k/l")
  }

  @Test func aFloorAboveAllIsTheReason() {
    let engine = Engine(Self.advertisers([3_000_000, 2_000_000, 1]))
    let answer = engine.answer(Samples.request(imp: #""bidfloor":4"#))
    #expect(answer.outcome == .noBid(.floor))
  }

  @Test func aFixedPriceGoesToTheLowestPathThatReachesIt() throws {
    let lineItems: [Int64] = [2_000_000, 3_000_000, 9_000_000]
    let advertisers = lineItems.enumerated().map { index, price in
      Samples.advertiser(
        String(UnicodeScalar(UInt8(97 + index))),
        [
          Samples.lineItem(cpm: price) {
            $0.deals = Targeting.Deals(values: IncludeExclude(include: ["d"]))
          }
        ])
    }
    let engine = Engine(advertisers)
    let deal = #""pmp":{"deals":[{"id":"d","bidfloor":2.5,"at":3}]}"#
    #expect(try Self.winner(engine.answer(Samples.request(imp: deal))) == "b/k/l")
  }
}
