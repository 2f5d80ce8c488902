import AuctionTypes
import CampaignCatalog
import CampaignDocuments
import Testing

@testable import BidEngine

struct DealTests {
  private static func dealing(
    _ id: String, cpm: Int64 = 2_000_000, open: Bool = false, _ deals: [String] = ["d"]
  ) -> LineItem {
    Samples.lineItem(id, cpm: cpm) { targeting in
      targeting.deals.values = IncludeExclude(include: deals)
      targeting.deals.isOpen = open
    }
  }

  private func imp(_ deals: String, isPrivate: Int = 0, _ more: String = "") -> String {
    #""pmp":{"private_auction":\#(isPrivate),"deals":[\#(deals)]}\#(more)"#
  }

  @Test(arguments: [
    // name, line item, pmp, price of the deal, price in the open auction
    (dealing("l"), #"{"id":"d"}"#, 0, true, false),
    (dealing("l"), #"{"id":"D"}"#, 1, true, false),
    (dealing("l"), #"{"id":"other"}"#, 0, false, false),
    (dealing("l", open: true), #"{"id":"other"}"#, 0, false, true),
    (dealing("l", open: true), #"{"id":"other"}"#, 1, false, false),
    (dealing("l", open: true), #"{"id":"d"}"#, 0, true, false),
    (Samples.lineItem("l"), #"{"id":"d"}"#, 0, false, true),
    (Samples.lineItem("l"), #"{"id":"d"}"#, 1, false, false),
    (Samples.lineItem("l"), "", 1, false, false),
    (dealing("l", ["x", "d", "y"]), #"{"id":"q"},{"id":"d"}"#, 1, true, false),
  ])
  func answersDealsAndTheOpenAuction(
    lineItem: LineItem, deals: String, isPrivate: Int, winsDeal: Bool, winsOpen: Bool
  ) throws {
    let engine = Engine([Samples.advertiser([lineItem])])
    let answer = engine.answer(Samples.request(imp: imp(deals, isPrivate: isPrivate)))
    let bids = try answer.bids()
    #expect(bids.count == (winsDeal || winsOpen ? 1 : 0))
    #expect((bids.first?.deal != nil) == winsDeal)
    if bids.isEmpty { #expect(answer.reason == .deal) }
  }

  @Test func echoesTheDealIDAsItCame() throws {
    let engine = Engine([Samples.advertiser([Self.dealing("l", ["17"]), Self.dealing("m", ["é"])])])
    #expect(engine.answer(Samples.request(imp: imp(#"{"id":17}"#))).text.contains(#""dealid":17"#))
    let escaped = engine.answer(Samples.request(imp: imp(#"{"id":"\u00e9"}"#)))
    #expect(escaped.text.contains(#""dealid":"\u00e9""#))
  }

  @Test func aDealIsNotMeasuredAgainstTheOpenAuction() throws {
    let engine = Engine([
      Samples.advertiser([Self.dealing("l", cpm: 1_000_000), Samples.lineItem("m", cpm: 9_000_000)])
    ])
    let bids = try engine.answer(Samples.request(imp: imp(#"{"id":"d"}"#))).bids()
    #expect(bids.map(\.priceMicros) == [1_000_000, 9_000_000])
    #expect(bids.map(\.deal) == ["d", nil])
  }

  @Test func eachDealGetsOneBidAndALineItemOnlyOne() throws {
    let engine = Engine([
      Samples.advertiser([
        Self.dealing("l", cpm: 3_000_000, open: true, ["d", "e"]),
        Self.dealing("m", cpm: 2_000_000, ["d", "e"]), Self.dealing("n", cpm: 1_000_000, ["e"]),
      ])
    ])
    let bids = try engine.answer(Samples.request(imp: imp(#"{"id":"d"},{"id":"e"}"#))).bids()
    #expect(bids.map(\.deal) == ["d", "e"])
    #expect(bids.map(\.priceMicros) == [3_000_000, 2_000_000])
  }

  @Test(arguments: [
    // The deal's floor stands before the impression's, in its own currency, USD unless it says so.
    (#"{"id":"d","bidfloor":1}"#, #","bidfloor":5"#, true),
    (#"{"id":"d"}"#, #","bidfloor":5"#, true),
    (#"{"id":"d","bidfloor":2.1}"#, #","bidfloor":0.1"#, false),
    (#"{"id":"d","bidfloor":2}"#, #","bidfloor":0.1,"bidfloorcur":"EUR""#, true),
    (#"{"id":"d","bidfloor":1.9,"bidfloorcur":"EUR"}"#, "", false),
    (#"{"id":"d","bidfloor":290,"bidfloorcur":"JPY"}"#, "", true),
    (#"{"id":"d","bidfloor":1,"bidfloorcur":"XXX"}"#, "", false),
  ])
  func aDealsOwnFloorCounts(deal: String, floor: String, bids: Bool) throws {
    let engine = Engine([Samples.advertiser([Self.dealing("l")])])
    let answer = engine.answer(Samples.request(imp: imp(deal, floor)))
    #expect(answer.outcome == (bids ? .bid : .noBid(.floor)))
  }

  @Test(
    arguments: [
      (#"{"id":"d","at":3,"bidfloor":1.5}"#, 1_500_000), (#"{"id":"d","at":3}"#, 2_000_000),
      (#"{"id":"d","at":3,"bidfloor":0}"#, 2_000_000),
      (#"{"id":"d","at":1,"bidfloor":1.5}"#, 2_000_000),
      (#"{"id":"d","at":3,"bidfloor":2}"#, 2_000_000), (#"{"id":"d","at":3,"bidfloor":2.01}"#, nil),
      // A fixed price with more decimals than the exchange takes is rounded up to them.
      (#"{"id":"d","at":3,"bidfloor":1.50001}"#, 1_500_100),
      (#"{"id":"d","at":3,"bidfloor":1,"bidfloorcur":"EUR"}"#, 1_080_000),
      (#"{"id":"d","at":3,"bidfloor":1,"bidfloorcur":"XXX"}"#, nil),
    ] as [(String, Int64?)])
  func aFixedPriceIsTheDealsFloor(deal: String, micros: Int64?) throws {
    let engine = Engine([Samples.advertiser([Self.dealing("l")])])
    let answer = engine.answer(Samples.request(imp: imp(deal)))
    #expect(try answer.bids().first?.priceMicros == micros)
    if micros == nil { #expect(answer.reason == .floor) }
  }

  @Test(arguments: [
    (#""wseat":["nod"]"#, true), (#""wseat":["x","nod"]"#, true), (#""wseat":["x"]"#, false),
    (#""wseat":[]"#, true), (#""wadomain":["a.example"]"#, true),
    (#""wadomain":["A.EXAMPLE"]"#, true), (#""wadomain":["b.example"]"#, false),
    (#""wadomain":["x.a.example"]"#, false), (#""wadomain":["example"]"#, true),
    (#""wadomain":["a.example"],"wseat":["x"]"#, false),
  ])
  func aDealMayNameSeatsAndAdvertisers(lists: String, bids: Bool) throws {
    let engine = Engine([Samples.advertiser([Self.dealing("l", open: false)])])
    let answer = engine.answer(Samples.request(imp: imp(#"{"id":"d",\#(lists)}"#)))
    #expect(answer.outcome == (bids ? .bid : .noBid(.deal)))
    if !bids { #expect(answer.verdict("l") == .refused(.deal)) }
  }

  @Test func aLineItemThatADealRulesOutMayStillBidOpen() throws {
    let engine = Engine([Samples.advertiser([Self.dealing("l", open: true)])])
    let bids = try engine.answer(
      Samples.request(imp: imp(#"{"id":"d","wseat":["x"]}"#))
    ).bids()
    #expect(bids.map(\.deal) == [nil])
  }

  @Test func anExcludedDealIsNotAnswered() throws {
    let lineItem = Samples.lineItem { targeting in
      targeting.deals.values = IncludeExclude(include: ["d", "e"], exclude: ["D"])
    }
    let engine = Engine([Samples.advertiser([lineItem])])
    #expect(engine.answer(Samples.request(imp: imp(#"{"id":"d"}"#))).reason == .deal)
    #expect(engine.answer(Samples.request(imp: imp(#"{"id":"e"}"#))).outcome == .bid)
  }

  @Test func bidsPerImpressionCountOpenBidsOnly() throws {
    let engine = Engine(
      [
        Samples.advertiser([
          Self.dealing("d1", cpm: 500_000), Samples.lineItem("l", cpm: 1_000_000),
          Samples.lineItem("m", cpm: 3_000_000), Samples.lineItem("n", cpm: 2_000_000),
        ])
      ], exchanges: [ExchangeRules(name: "example", bidsPerImpression: 2)])
    let prices = try engine.answer(Samples.request(imp: imp(#"{"id":"d"}"#))).prices()
    #expect(prices == ["1": [500_000, 2_000_000, 3_000_000]])
  }
}
