import AuctionTypes
import AudienceIndex
import CampaignCatalog
import CampaignDocuments
import FixedMemory
import Synchronization
import Testing

@testable import BidEngine

/// Stages end in their order, and none is told that a request did not come to.
struct StageTests {
  @Test func aBidComesThroughAllStages() {
    var ends = DecisionStage.allCases
    ends.insert(.rank, at: 9)
    #expect(stages(of: Samples.request()) == ends)
  }

  @Test(arguments: [
    ("{", [DecisionStage.decode]),
    (Samples.request("\"cur\":[\"XTS\"]"), [.decode, .screen]),
    (Samples.request(source: "\"app\":{\"bundle\":\"a\"}"), [.decode, .screen, .match]),
    (Samples.request(banner: #""w":1,"h":1"#), Array(DecisionStage.allCases.prefix(7))),
  ])
  func othersEndWhereTheyAreRefused(json: String, stages expected: [DecisionStage]) {
    #expect(stages(of: json) == expected)
  }

  @Test func rankingComesForEachImpression() {
    let spot = #"{"id":"%","banner":{"w":300,"h":250}}"#
    let spots = ["1", "2"].map { spot.replacing("%", with: $0) }.joined(separator: ",")
    let json = #"{"id":"r","imp":[\#(spots)],"site":{"domain":"news.example"}}"#
    let ends = stages(of: json)
    #expect(ends.filter { $0 == .impression }.count == 2)
    #expect(ends.filter { $0 == .reserve }.count == 2)
  }

  private func stages(of json: String) -> [DecisionStage] {
    let lineItems = ["l", "m"].map { id in
      Samples.lineItem(id) { $0.inventory = IncludeExclude(include: [.site]) }
    }
    let advertisers = [Samples.advertiser(lineItems)]
    let exchanges = [ExchangeRules(name: "example")]
    let catalog = CatalogCompiler(
      advertisers: advertisers, exchanges: exchanges,
      numbers: .sequential(for: advertisers, exchanges: exchanges), registry: SegmentRegistry(),
      now: Samples.monday
    ).compile()
    let spaces = IdentitySpaces(
      spaces: [], sources: [], exchangeSpaces: ["example"], key: Engine.key)
    var pipeline = BidPipeline(desk: .withoutLedger())
    let ends = Ends()
    var tracer = StageTracer { ends.append($0) }
    var response = FixedBuffer(capacity: 1 << 16)
    let now = Instant(nanoseconds: 5_000_000_000)
    let context = BidContext(
      exchange: 0, received: now, now: now, time: Samples.monday,
      nonce: AuctionNonce(boot: 1, worker: 0, sequence: 1))
    let body = Array(json.utf8)
    let audience = AudienceView.empty()
    _ = pipeline.decide(
      body.rawSpan, context, catalog, audience, spaces, into: &response, tracedBy: &tracer)
    return ends.all
  }
}

/// The stages that a tracer told.
private final class Ends: Sendable {
  private let stages = Mutex<[DecisionStage]>([])

  var all: [DecisionStage] { stages.withLock { $0 } }

  func append(_ stage: DecisionStage) { stages.withLock { $0.append(stage) } }
}
