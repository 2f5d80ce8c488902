import AuctionTypes
import CampaignCatalog
import CampaignDocuments
import Testing

@testable import BidEngine

struct PlaceTests {
  private func reason(
    source: String = #""site":{"domain":"news.example"}"#, _ members: String = "",
    _ target: (inout Targeting) -> Void
  ) -> NoBidReason? {
    Engine([Samples.advertiser([Samples.lineItem("l", target)])])
      .answer(Samples.request(source: source, members)).reason
  }

  private static let california = GeoTarget(country: CountryCode(assigned: "USA"), region: "CA")

  @Test(arguments: [
    (#""country":"USA","region":"CA""#, true), (#""country":"USA","region":"US-CA""#, true),
    (#""country":"us","region":"us-ca""#, true), (#""country":"USA","region":"NY""#, false),
    (#""country":"CAN","region":"CA""#, false), (#""country":"USA""#, false),
    (#""region":"US-CA""#, false), (#""country":"USA","region":"""#, false), ("", false),
    (#""country":840,"region":"CA""#, false),
  ])
  func regionsMatchWithAndWithoutTheirCountry(geo: String, matches: Bool) {
    let members = #""device":{"geo":{\#(geo)}}"#
    let including = reason(members) { $0.geo = IncludeExclude(include: [Self.california]) }
    let excluding = reason(members) { $0.geo = IncludeExclude(exclude: [Self.california]) }
    #expect(including == (matches ? nil : .geo))
    #expect(excluding == (matches ? .geo : nil))
  }

  @Test(arguments: [
    (GeoTarget(city: "São Paulo"), #""city":"São Paulo""#, true),
    (GeoTarget(city: "Los Angeles"), #""city":"LOS angeles""#, true),
    (GeoTarget(metro: "803"), #""metro":803"#, true),
    (GeoTarget(zip: "01234"), #""zip":1234"#, false),
    (GeoTarget(zip: "1234"), #""zip":1234"#, true),
    (GeoTarget(city: "a", zip: "b"), #""city":"a""#, false),
    (GeoTarget(city: "a", zip: "b"), #""city":"a","zip":"B""#, true),
  ])
  func everyFieldThatATargetSetsMustMatch(target: GeoTarget, geo: String, matches: Bool) {
    let found = reason(#""user":{"geo":{\#(geo)}}"#) { $0.geo = IncludeExclude(include: [target]) }
    #expect(found == (matches ? nil : .geo))
  }

  @Test(arguments: [
    (#""site":{"domain":"bad.example"}"#, true), (#""site":{"domain":"a.b.BAD.example"}"#, true),
    (#""site":{"domain":"bad.example."}"#, true), (#""site":{"domain":"notbad.example"}"#, false),
    (#""site":{"domain":"example"}"#, false), (#""site":{"domain":"bad.example.com"}"#, false),
    (#""site":{"page":"https://BAD.example/x"}"#, true),
    (#""site":{"page":"https://u:p@www.bad.example:8443/x?y@z#w"}"#, true),
    (#""site":{"page":"http://bad.example?x=/"}"#, true),
    (#""site":{"page":"http://good.example/?u=https://bad.example/"}"#, false),
    (#""site":{"page":"http://good.example#@bad.example"}"#, false),
    (#""site":{"domain":"good.example","page":"https://bad.example/"}"#, false),
    (#""site":{"page":"bad"}"#, false), (#""site":{}"#, false), ("", false),
    (#""site":{"page":"https:\/\/bad.example\/"}"#, true),
  ])
  func domainsCountWithTheirSubdomains(source: String, matches: Bool) {
    let including = reason(source: source) { $0.domains = IncludeExclude(include: ["bad.example"]) }
    let excluding = reason(source: source) { $0.domains = IncludeExclude(exclude: ["bad.example"]) }
    #expect(including == (matches ? nil : .domain))
    #expect(excluding == (matches ? .domain : nil))
  }

  @Test(
    arguments: [
      // source, with domains only, with apps only, with both
      (#""site":{"domain":"d.example"}"#, nil, .domain, nil),
      (#""site":{"domain":"e.example"}"#, .domain, .domain, .domain),
      (#""app":{"bundle":"COM.App"}"#, .app, nil, nil),
      (#""app":{"bundle":"com.other"}"#, .app, .app, .app),
      (#""app":{"bundle":"d.example"}"#, .app, .app, .app), (#""app":{}"#, .app, .app, .app),
      (#""dooh":{"id":"d.example"}"#, .domain, .domain, .domain),
      ("", .domain, .domain, .domain),
    ] as [(String, NoBidReason?, NoBidReason?, NoBidReason?)])
  func whereBothIncludeEitherSuffices(
    source: String, domains: NoBidReason?, apps: NoBidReason?, both: NoBidReason?
  ) {
    let domainRule = IncludeExclude(include: ["d.example"])
    let appRule = IncludeExclude(include: ["com.app"])
    #expect(reason(source: source) { $0.domains = domainRule } == domains)
    #expect(reason(source: source) { $0.apps = appRule } == apps)
    let found = reason(source: source) { targeting in
      targeting.domains = domainRule
      targeting.apps = appRule
    }
    #expect(found == both)
  }

  @Test(arguments: [
    ("en-US", ["en"], true), ("en-US", ["EN-us"], true), ("en", ["en-US"], false),
    ("en_GB", ["en"], true), ("fr", ["en", "fr"], true), ("eng", ["en"], false),
    ("", ["en"], false),
  ])
  func languagesMatchByTheirPrimarySubtag(language: String, wanted: [String], matches: Bool) {
    let members = #""device":{"language":"\#(language)"}"#
    let including = reason(members) { $0.languages = IncludeExclude(include: wanted) }
    let excluding = reason(members) { $0.languages = IncludeExclude(exclude: wanted) }
    #expect(including == (matches ? nil : .language))
    #expect(excluding == (matches ? .language : nil))
  }

  @Test(
    arguments: [
      (#""site":{}"#, .inventory), (#""app":{}"#, nil), (#""dooh":{}"#, nil), ("", .inventory),
      (#""app":{},"site":{}"#, nil), (#""site":{},"app":{}"#, .inventory),
    ] as [(String, NoBidReason?)])
  func theFirstKindOfInventoryCounts(source: String, expected: NoBidReason?) {
    let found = reason(source: source) {
      $0.inventory = IncludeExclude(include: [.app, .dooh])
    }
    #expect(found == expected)
  }

  @Test func aValueLongerThanAnyDocumentHoldsNamesNothing() {
    let long = String(repeating: "x", count: CatalogLimits.keyBytes)
    for count in [1, 0] {
      let members = #""device":{"os":"\#(long.dropLast(count))"}"#
      #expect(reason(members) { $0.operatingSystems = IncludeExclude(include: ["x"]) } == .os)
      #expect(reason(members) { $0.operatingSystems = IncludeExclude(exclude: ["x"]) } == nil)
    }
  }
}
