import AuctionTypes
import CampaignCatalog
import CampaignDocuments
import Testing

@testable import BidEngine

/// All stages of a request's first half with rows of their own at once.
struct RowTests {
  /// A stage's reason, with a rule that the request meets, its contrary, and one that it misses.
  private struct Stage {
    let reason: NoBidReason
    let rules: [(inout Targeting) -> Void]

    init<Value>(
      _ reason: NoBidReason, _ path: WritableKeyPath<Targeting, IncludeExclude<Value>>,
      _ met: Value, not missed: Value
    ) {
      self.reason = reason
      rules = [
        { $0[keyPath: path] = IncludeExclude(include: [met]) },
        { $0[keyPath: path] = IncludeExclude(exclude: [met]) },
        { $0[keyPath: path] = IncludeExclude(include: [missed]) },
      ]
    }
  }

  private static let usa = CountryCode(assigned: "USA")

  /// A request has one value of some dimensions, and here two of the others.
  private let stages = [
    Stage(.exchange, \.exchanges, "one", not: "two"),
    Stage(.inventory, \.inventory, .site, not: .app),
    Stage(.domain, \.domains, "news.example", not: "x.test"),
    Stage(.domain, \.domains, "example", not: "y.test"),
    Stage(.geo, \.geo, GeoTarget(country: usa), not: GeoTarget(metro: "1")),
    Stage(.geo, \.geo, GeoTarget(country: usa, region: "CA"), not: GeoTarget(metro: "2")),
    Stage(.deviceType, \.deviceTypes, 2, not: 4),
    Stage(.os, \.operatingSystems, "ios", not: "tizen"),
  ]

  /// Values that one line item of hundreds names are lists, from which each stage makes two rows:
  /// of what it keeps and of what it drops. Those that must not bid would pay more.
  @Test func thereIsRoomForTheRowsOfAllStages() {
    var lineItems = (0..<300).map { Samples.lineItem("z\($0)", cpm: 1_000_000) }
    var refused: [String: NoBidReason] = [:]
    for (index, stage) in stages.enumerated() {
      lineItems.append(Samples.lineItem("met\(index)", stage.rules[0]))
      lineItems.append(Samples.lineItem("excluded\(index)", cpm: 3_000_000, stage.rules[1]))
      lineItems.append(Samples.lineItem("missed\(index)", cpm: 3_000_000, stage.rules[2]))
      refused["a/k/excluded\(index)"] = stage.reason
      refused["a/k/missed\(index)"] = stage.reason
    }
    let engine = Engine(
      [Samples.advertiser(lineItems)],
      exchanges: [ExchangeRules(name: "one"), ExchangeRules(name: "two")])
    let answer = engine.answer(
      Samples.request(
        #""device":{"devicetype":2,"os":"iOS","geo":{"country":"USA","region":"CA"}}"#))
    #expect(answer.reason == nil)
    #expect(answer.lines.count == lineItems.count)
    for line in answer.lines {
      if let reason = refused[line.path] {
        #expect(line.verdicts == [.refused(reason)])
      } else {
        #expect(!stages.contains { line.verdicts == [.refused($0.reason)] })
      }
    }
  }
}
