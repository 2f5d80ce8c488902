import AuctionTypes
import Testing

struct CapRuleTests {
  @Test func keepsTheStrictestRuleOfEachPeriod() {
    let rules = [
      CapRule(impressions: 5, periodSeconds: 3_600, allowsUnidentified: true),
      CapRule(impressions: 9, periodSeconds: 86_400, allowsUnidentified: true),
      CapRule(impressions: 2, periodSeconds: 3_600, allowsUnidentified: true),
      CapRule(impressions: 7, periodSeconds: 3_600, allowsUnidentified: false),
    ]
    #expect(
      CapRule.distinct(rules) == [
        CapRule(impressions: 2, periodSeconds: 3_600, allowsUnidentified: false),
        CapRule(impressions: 9, periodSeconds: 86_400, allowsUnidentified: true),
      ])
    #expect(CapRule.distinct([]) == [])
  }
}
