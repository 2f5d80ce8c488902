import AuctionTypes
import CampaignDocuments
import Support
import Testing

@testable import BidEngine

/// What is explained to someone who may know of some advertisers only.
@Suite struct ScopedExplanationTests {
  private static func engine(others: [Advertiser]) -> Engine {
    Engine([Samples.advertiser("a", [Samples.lineItem("own", cpm: 2_000_000)])] + others)
  }

  @Test(arguments: [1, 2_000_000, 5_000_000, 50_000_000] as [Int64])
  func isTheSameWhateverOthersBid(cpm: Int64) {
    let rival = Samples.advertiser(
      "rival", [Samples.lineItem("x", cpm: cpm), Samples.lineItem("y", cpm: cpm)])
    let request = Samples.request(imp: #""bidfloor":1.5"#)
    let alone = Self.engine(others: []).explain(request, only: nil)
    let beside = Self.engine(others: [rival]).explain(request, only: ["a"])
    #expect(beside.outcome == .bid)
    #expect(beside.outcome == alone.outcome)
    #expect(beside.lines == alone.lines)
    #expect(!String(decoding: beside.response, as: UTF8.self).contains("rival"))
  }

  @Test func namesNoReasonOfOthers() {
    // The other one comes as far as the floor, the own one falls at the size.
    let own = Samples.advertiser(
      "a", creatives: [Samples.creative(width: 728, height: 90)], [Samples.lineItem("own")])
    let engine = Engine([own, Samples.advertiser("rival", [Samples.lineItem("x", cpm: 1_000)])])
    let request = Samples.request(imp: #""bidfloor":1.5"#)
    #expect(engine.explain(request, only: nil).outcome == .noBid(.floor))
    let scoped = engine.explain(request, only: ["a"])
    #expect(scoped.outcome == .noBid(.size))
    #expect(scoped.lines.map(\.path) == ["a/k/own"])
  }

  @Test func knowsNothingWithoutAnAdvertiser() {
    let explanation = Self.engine(others: []).explain(Samples.request(), only: [])
    #expect(explanation.outcome == .noBid(.inactive))
    #expect(explanation.lines.isEmpty)
    #expect(explanation.response.isEmpty)
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func isThatOfAServerWithoutTheOthers(seed: UInt64) throws {
    var documents = RandomDocuments(generator: SeededGenerator(seed: seed &+ 900))
    let advertisers = documents.advertisers()
    let (users, _) = documents.users()
    let known: Set = ["a", "c"]
    let numbers = Engine(advertisers).numbers
    let all = Engine(advertisers, numbers: numbers, users: users)
    let some = Engine(
      advertisers.filter { known.contains($0.id) }, numbers: numbers, users: users)
    var generator = RandomRequests(generator: SeededGenerator(seed: seed &* 31))
    for _ in 0..<60 {
      let json = try generator.next()
      let scoped = all.explain(json, only: known)
      let alone = some.explain(json, only: nil)
      #expect(scoped.outcome == alone.outcome, "seed \(seed): \(json)")
      #expect(scoped.lines == alone.lines, "seed \(seed): \(json)")
      #expect(scoped.response == alone.response, "seed \(seed): \(json)")
    }
  }
}
