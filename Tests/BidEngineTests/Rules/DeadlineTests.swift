import AuctionTypes
import CampaignCatalog
import OpenRTB
import Testing

@testable import BidEngine

struct DeadlineTests {
  /// The exchange gives 100 ms, of which the network takes 10.
  @Test(
    arguments: [
      // tmax, age in milliseconds, whether it is too late
      ("", 89.999, false), ("", 90, true), (#""tmax":0"#, 89, false), (#""tmax":-5"#, 89, false),
      (#""tmax":"soon""#, 89, false), (#""tmax":null"#, 89, false), (#""tmax":[1]"#, 89, false),
      (#""tmax":1"#, 0, true), (#""tmax":10"#, 0, true), (#""tmax":11"#, 0, false),
      (#""tmax":11"#, 1, true), (#""tmax":50"#, 39.9, false), (#""tmax":50"#, 40, true),
      (#""tmax":50.9"#, 39.9, false), (#""tmax":50.9"#, 40, true), (#""tmax":"50""#, 40, true),
      (#""tmax":"50""#, 39, false), (#""tmax":1000000"#, 89, false), (#""tmax":1e300"#, 90, true),
      (#""tmax":1e300"#, 89, false),
    ] as [(String, Double, Bool)])
  func answersWithinTheSmallerOfBothLessTheMargin(tmax: String, age: Double, isLate: Bool) {
    let engine = Engine([Samples.advertiser()])
    let answer = engine.answer(Samples.request(tmax), afterMilliseconds: age)
    #expect(answer.outcome == (isLate ? .noBid(.deadline) : .bid))
    if isLate { #expect(answer.verdict("l") == .refused(.deadline)) }
  }

  @Test func aMarginOfTheWholeDeadlineLeavesNoTime() {
    let engine = Engine(
      [Samples.advertiser()],
      exchanges: [
        ExchangeRules(
          name: "example", deadlineMilliseconds: 10, networkMarginMilliseconds: 10)
      ])
    #expect(engine.answer(Samples.request()).reason == .deadline)
  }

  @Test func theDeadlineComesBeforeEveryOtherRule() {
    let engine = Engine([])
    #expect(engine.answer(#"{"id":"r","imp":[{"id":"1"}],"tmax":5}"#).reason == .deadline)
  }

  @Test(arguments: [
    ("{", MalformedRule.json), ("[]", .notAnObject), (#"{"imp":[{"id":"1"}]}"#, .noID),
    (#"{"id":"r","at":1}"#, .noImpressions), (#"{"id":"r","imp":[]}"#, .noImpressions),
    (#"{"id":"r","imp":[{}]}"#, .impressionWithoutID),
    (#"{"id":"r","imp":[{"id":"1"},{"id":"1"}]}"#, .duplicateImpressionID),
  ])
  func aMalformedBodyIsNoMatterOfLineItems(json: String, rule: MalformedRule) {
    let answer = Engine([Samples.advertiser()]).answer(json)
    #expect(answer.outcome == .malformed(rule))
    #expect(answer.bytes.isEmpty)
    #expect(answer.lines.isEmpty)
  }

  @Test func aPingIsTheExchangesAffair() {
    let exchanges = [
      ExchangeRules(name: "a", acceptsPing: true), ExchangeRules(name: "b", acceptsPing: false),
    ]
    let engine = Engine([Samples.advertiser()], exchanges: exchanges)
    #expect(engine.answer(#"{"id":"r"}"#, exchange: 0).reason == .ping)
    #expect(engine.answer(#"{"id":"r"}"#, exchange: 1).outcome == .malformed(.noImpressions))
  }

  @Test func nothingToBidWithIsNoBid() {
    #expect(Engine([]).answer(Samples.request()).reason == .inactive)
  }
}
