import CampaignDocuments
import Testing

@Suite struct ScaleTests {
  private static func lineItem(_ index: Int) -> String {
    """

              - id: item-\(index)
                status: active
                bid: {model: cpm, amount_micros: \(1_000_000 + index), shading: none}
                budget: {daily_micros: 10000000}
                pacing: even
                frequency_caps: [{impressions: 2, per: 1h}]
                creatives: [c]
                targeting:
                  audience: {any: ["aam:\(index)", "aam:\(index + 1)"], none: ["aam:\(index + 2)"]}
                  exchanges: {include: [example]}
                  geo: {include: [{country: FRA}, {country: USA, region: CA}], exclude: []}
                  domains: {exclude: [bad\(index).example]}
                  device_types: {include: [2, 4, 5]}
                  os: {include: [iOS, Android]}
                  languages: {include: [fr, en]}
                  categories: {exclude: [IAB25]}
                  positions: {include: [1]}
                  dayparts: [{days: [mon, tue], hours: "08-20"}]
                  inventory: {include: [site, app, dooh]}
    """
  }

  /// The small document with this many line items of the usual size.
  static func document(lineItems count: Int) -> String {
    let head = Samples.small.prefix { _ in true }
      .split(separator: "\n", omittingEmptySubsequences: false).prefix {
        !$0.contains("line_items")
      }
    return head.joined(separator: "\n") + "\n        line_items:"
      + (0..<count).map(lineItem).joined()
  }

  @Test func readsTenThousandLineItemsInSeconds() {
    let text = Self.document(lineItems: 10_000)
    let clock = ContinuousClock()
    var set: DocumentSet?
    let duration = clock.measure { set = Samples.load(text) }
    print("documents: 10,000 line items, \(text.utf8.count) bytes: \(duration)")
    #expect(set?.errorLines == [])
    #expect(set?.advertisers.first?.campaigns.first?.lineItems.count == 10_000)
    #expect(duration < .seconds(60))
  }

  @Test func limitsTheLineItemsOfACampaign() {
    let items = (0...CampaignLimits.lineItems).map {
      "{id: i\($0), bid: {model: cpm, amount_micros: 1}, creatives: [c]}"
    }
    func errors(_ count: Int) -> [String] {
      let list = items.prefix(count).joined(separator: ",\n")
      return Samples.load(Self.document(lineItems: 0) + " [\(list)]").errorLines
    }
    #expect(errors(CampaignLimits.lineItems) == [])
    #expect(
      errors(CampaignLimits.lineItems + 1) == [
        "d.yaml:14: \(Samples.campaign)/line_items: 10001 entries; at most 10000 are allowed"
      ])
  }
}
