import AuctionTypes
import CampaignCatalog
import CampaignDocuments
import Foundation
import OpenRTB
import Testing

@testable import BidEngine

struct ResponseTests {
  @Test(arguments: [
    #""r""#, "17", "-0.5e3", #""\u00e9\ud83d\ude42""#, #""a \" \\ \/ b""#, #""é""#,
    "12345678901234567890",
  ])
  func echoesIDsByteForByte(id: String) throws {
    let engine = Engine([Samples.advertiser()])
    let answer = engine.answer(
      #"{"imp":[{"banner":{"w":300,"h":250},"id":\#(id)}],"id":\#(id)}"#)
    #expect(answer.text.hasPrefix(#"{"id":\#(id),"seatbid":["#))
    #expect(answer.text.contains(#""impid":\#(id),"#))
    #expect(try answer.bids().count == 1)
  }

  @Test func hasTheMembersOfABid() throws {
    let engine = Engine([Samples.advertiser(categories: ["IAB1"])])
    let answer = engine.answer(Samples.request())
    let bid = try #require(answer.bids().first)
    #expect(
      bid.members == [
        "id", "impid", "price", "adid", "crid", "cid", "adomain", "cat", "w", "h", "mtype", "adm",
        "nurl", "burl", "lurl",
      ])
    #expect(Set(try answer.object().keys) == ["id", "seatbid", "cur"])
    #expect(bid.seat == "nod")
  }

  @Test(
    arguments: [
      (2_000_000, 4, "2.0000"), (2_500_000, 4, "2.5000"), (12_500, 4, "0.0125"),
      (100, 4, "0.0001"), (123_456_789_000_000, 0, "123456789"), (10_200_300, 6, "10.200300"),
      (2_999_999, 2, "2.99"),
    ] as [(Int64, Int, String)])
  func writesPricesExactlyWithTheExchangesDecimals(micros: Int64, decimals: Int, text: String) {
    let engine = Engine(
      [Samples.advertiser([Samples.lineItem(cpm: micros)])],
      exchanges: [ExchangeRules(name: "example", priceDecimals: decimals)])
    #expect(engine.answer(Samples.request()).text.contains(#""price":\#(text),"#))
  }

  @Test func aRepeatedRequestIsANewAuctionWithNewIDs() throws {
    let engine = Engine([Samples.advertiser()])
    var ids: Set<String> = []
    for _ in 0..<50 { ids.formUnion(try engine.answer(Samples.request()).bids().map(\.id)) }
    #expect(ids.count == 50)
  }

  @Test func theSameContextGivesTheSameBytes() {
    let engine = Engine([
      Samples.advertiser(
        creatives: ["c", "d"].map { Samples.creative($0) },
        [Samples.lineItem(creatives: ["c", "d"])])
    ])
    let first = engine.answer(Samples.request(), sequence: 7)
    _ = engine.answer(Samples.request(#""cur":["EUR"],"user":{"id":"x"}"#), sequence: 8)
    let second = engine.answer(Samples.request(), sequence: 7)
    #expect(first.bytes == second.bytes)
  }

  @Test func aTestRequestGetsTheUsualAnswer() {
    let engine = Engine([Samples.advertiser()])
    let live = engine.answer(Samples.request(), sequence: 7)
    let test = engine.answer(Samples.request(#""test":1"#), sequence: 7)
    let tokens = #/\/n\/.\/[A-Za-z0-9_-]+/#
    #expect(live.bytes.count == test.bytes.count)
    #expect(live.text.replacing(tokens, with: "") == test.text.replacing(tokens, with: ""))
  }

  @Test func aResponseThatDoesNotFitIsNoBid() {
    let full = Engine([Samples.advertiser()]).answer(Samples.request(), sequence: 7)
    let exact = Engine([Samples.advertiser()], responseBytes: full.bytes.count)
    #expect(exact.answer(Samples.request(), sequence: 7).bytes == full.bytes)
    let short = Engine([Samples.advertiser()], responseBytes: full.bytes.count - 1)
    let answer = short.answer(Samples.request(), sequence: 7)
    #expect(answer.reason == .capacity)
    #expect(answer.bytes.isEmpty)
    #expect(answer.verdict("l") == .refused(.capacity))
    // The next one, which fits, is not the worse for it.
    #expect(short.answer(#"{"id":"r","imp":[{"id":"1"}]}"#).reason == .format)
  }

  private func impressions(_ count: Int) -> String {
    let imps = (0..<count).map { #"{"id":"\#($0)","banner":{"w":300,"h":250}}"# }
    return #"{"id":"r","imp":[\#(imps.joined(separator: ","))]}"#
  }

  @Test func answersAsManyImpressionsAsARequestMayHave() throws {
    let lineItems = (100..<200).map { Samples.lineItem("l\($0)") }
    let engine = Engine([Samples.advertiser(lineItems)])
    let most = RequestLimits.impressions
    #expect(try engine.answer(impressions(most)).bids().count == most)
    let answer = engine.answer(impressions(most + 1))
    #expect(answer.reason == .capacity)
    #expect(answer.bytes.isEmpty)
  }

  @Test func leavesOutBidsPastTheLimit() throws {
    let lineItems = (100..<300).map { Samples.lineItem("l\($0)") }
    func bids(_ impressions: Int, _ perImpression: Int) throws -> [Answer.Bid] {
      try Engine(
        [Samples.advertiser(lineItems)],
        exchanges: [ExchangeRules(name: "example", bidsPerImpression: perImpression)]
      ).answer(self.impressions(impressions)).bids()
    }
    #expect(try bids(64, 2).count == EngineLimits.bids)
    let most = try bids(43, 3)
    #expect(most.count == EngineLimits.bids)
    #expect(Set(most.map(\.impression)).count == 43)
  }

  @Test(arguments: [1_024, 1_025])
  func dealsPastTheLimitAreNoBid(count: Int) {
    let deals = (0..<count).map { #"{"id":"x\#($0)"}"# }.joined(separator: ",")
    let answer = Engine([Samples.advertiser()]).answer(
      Samples.request(imp: #""pmp":{"deals":[\#(deals)]}"#))
    #expect(answer.outcome == (count > RequestLimits.deals ? .noBid(.capacity) : .bid))
  }
}
