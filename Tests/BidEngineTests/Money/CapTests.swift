import AuctionTypes
import BudgetLedger
import CampaignCatalog
import CampaignDocuments
import Testing

@testable import BidEngine

/// How often a user may see a line item or its campaign.
struct CapTests {
  private static let twice = FrequencyCap(impressions: 2, periodSeconds: 3_600)
  private static let once = FrequencyCap(impressions: 1, periodSeconds: 3_600)

  private func request(_ user: String) -> String { Samples.request(#""user":\#(user)"#) }

  private func reasons(_ engine: Engine, _ requests: [String]) -> [NoBidReason?] {
    requests.map { engine.answer($0).reason }
  }

  @Test func aUserSeesALineItemAsOftenAsItsCapSays() {
    let engine = Engine([Samples.advertiser([Samples.lineItem(caps: [Self.twice])])])
    let one = request(#"{"id":"u1"}"#)
    #expect(reasons(engine, [one, one, one]) == [nil, nil, .frequencyCap])
    #expect(engine.answer(one).verdict("l") == .refused(.frequencyCap))
    #expect(reasons(engine, [request(#"{"id":"u2"}"#)]) == [nil])
    let later = WallTime(milliseconds: Samples.monday.milliseconds + 65 * 60_000)
    #expect(engine.answer(one, at: later).outcome == .bid)
  }

  @Test func aBidTellsTheLedgerWhoseCapsItCountsIn() {
    let engine = Engine([Samples.advertiser([Samples.lineItem(caps: [Self.twice])])])
    let users = ["u1", "u2", "u1"].flatMap { user in
      engine.answer(request(#"{"id":"\#(user)"}"#)).reservations.map(\.capUser)
    }
    #expect(users.count == 3 && users[0] == users[2] && users[0] != users[1])
    #expect(!users.contains(0))
  }

  @Test(arguments: [
    (#"{"buyeruid":"b","id":"x"}"#, #"{"id":"y","buyeruid":"b"}"#, true),
    (#"{"id":"x"}"#, #"{"buyeruid":"b","id":"x"}"#, false),
    (#"{"id":"x"}"#, #"{"buyeruid":"0","id":"x"}"#, true),
    (
      #"{"eids":[{"source":"s","uids":[{"id":"1"}]}]}"#,
      #"{"ext":{"eids":[{"source":"s","uids":[{"id":"1"}]}]}}"#, true
    ),
  ])
  func theFirstIDPresentIsTheKey(first: String, second: String, isSame: Bool) {
    let engine = Engine([Samples.advertiser([Samples.lineItem(caps: [Self.once])])])
    #expect(
      reasons(engine, [request(first), request(second)]) == [nil, isSame ? .frequencyCap : nil])
  }

  @Test(arguments: [
    #""user":{}"#, #""user":{"id":"u"},"regs":{"coppa":1}"#, #""user":{"id":"gone"}"#,
    #""user":{"id":"u"},"regs":{"gdpr":1}"#,
  ])
  func aUserWhoCannotBeCountedPassesOnlyWhereTheCapLetsThem(members: String) {
    let lenient = FrequencyCap(impressions: 1, periodSeconds: 3_600, allowsUnidentified: true)
    for (caps, reason) in [
      ([Self.once], .frequencyCap), ([lenient], nil), ([lenient, Self.twice], .frequencyCap),
      ([], nil),
    ] as [([FrequencyCap], NoBidReason?)] {
      let engine = Engine(
        [Samples.advertiser([Samples.lineItem(caps: caps)])], suppressed: ["example:gone"])
      for _ in 0..<3 {
        let answer = engine.answer(Samples.request(members))
        #expect(answer.reason == reason)
        #expect(answer.reservations.allSatisfy { $0.capUser == 0 })
      }
    }
  }

  @Test func aCampaignsCapCountsAllItsLineItems() throws {
    let engine = Engine([
      Samples.advertiser(
        caps: [Self.twice],
        [Samples.lineItem("l1", cpm: 3_000_000, caps: [Self.once]), Samples.lineItem("l2")])
    ])
    let one = request(#"{"id":"u"}"#)
    let prices = try (0..<3).map { _ in try engine.answer(one).bids().map(\.priceMicros) }
    #expect(prices == [[3_000_000], [2_000_000], []])
  }

  @Test func theImpressionsOfOneRequestCountToo() throws {
    let engine = Engine([
      Samples.advertiser(
        caps: [Self.twice], (1...4).map { Samples.lineItem("l\($0)", cpm: Int64($0) * 1_000_000) })
    ])
    let imps = (1...3).map { #"{"id":"\#($0)","banner":{"w":300,"h":250}}"# }
    let answer = engine.answer(
      #"{"id":"r","user":{"id":"u"},"imp":[\#(imps.joined(separator: ","))]}"#)
    #expect(try answer.prices() == ["1": [4_000_000], "2": [3_000_000]])
    #expect(answer.verdict("l2", impression: 2) == .refused(.frequencyCap))
  }

  /// A campaign and its line item that share a number share a count, which the second of the two
  /// rules then finds reached, as if another worker had been faster.
  private func raced(_ other: Advertiser = Samples.advertiser("b")) -> Engine {
    let advertisers = [
      Samples.advertiser(
        caps: [Self.once], [Samples.lineItem("l1", cpm: 3_000_000, caps: [Self.once])]), other,
    ]
    let exchanges = [ExchangeRules(name: "example")]
    var numbers = LedgerNumbers.sequential(for: advertisers, exchanges: exchanges)
    numbers.accounts["a/k"] = numbers.accounts["a/k/l1"]
    let engine = Engine(advertisers, exchanges: exchanges, numbers: numbers)
    engine.foreseesAll = false
    return engine
  }

  @Test func theNextBestBidsWhereAnotherWorkerWasFaster() throws {
    let engine = raced()
    engine.purse.fill("a/k/l1", Money(micros: 5_000))
    engine.purse.fill("b/k/l", Money(micros: 5_000))
    let answer = engine.answer(request(#"{"id":"u"}"#))
    #expect(try answer.prices() == ["1": [2_000_000]])
    #expect(engine.purse.amounts == ["a/k/l1": 5_000_000, "b/k/l": 3_000_000])
    #expect(answer.reservations.count == 1)
    // What the loser had counted is taken back: the user may still see it.
    let account = try #require(engine.numbers.accounts["a/k/l1"])
    let allows = engine.purse.caps.allows(
      CapRule(impressions: 1, periodSeconds: 3_600), account: account,
      user: answer.reservations[0].capUser, at: Samples.monday)
    #expect(allows)
  }

  @Test func theReasonIsTheRacesWhereNobodyIsLeft() {
    let engine = raced(Samples.advertiser("b", [Samples.lineItem(cpm: 1)]))
    engine.purse.fill("a/k/l1", Money(micros: 5_000))
    let answer = engine.answer(request(#"{"id":"u"}"#))
    #expect(answer.reason == .frequencyCap)
    #expect(engine.purse.amounts["a/k/l1"] == 5_000_000)
  }
}
