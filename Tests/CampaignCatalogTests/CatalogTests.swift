import AuctionTypes
import CampaignDocuments
import FixedMemory
import Testing

@testable import CampaignCatalog

struct CatalogTests {
  @Test func ordersLineItemsByPathWhateverTheDocumentsOrder() {
    let catalog = Samples.compile([
      Samples.advertiser(
        "b", [Samples.campaign("k2", [Samples.lineItem("y"), Samples.lineItem("x")])]),
      Samples.advertiser(
        "a",
        [
          Samples.campaign("k-10", [Samples.lineItem("l")]),
          Samples.campaign("k", [Samples.lineItem("z"), Samples.lineItem("B")]),
        ]),
    ])
    #expect(catalog.paths == ["a/k/B", "a/k/z", "a/k-10/l", "b/k2/x", "b/k2/y"])
  }

  @Test func everyLineItemPointsAtItsOwnParts() {
    let catalog = Samples.compile([
      Samples.advertiser(
        "b", creatives: [Samples.creative("x"), Samples.creative("y", width: 728, height: 90)],
        [
          Samples.campaign("k2", [Samples.lineItem("l", creatives: ["y"])]),
          Samples.campaign("k1", [Samples.lineItem("m", creatives: ["y", "x"])]),
        ]),
      Samples.advertiser("a"),
    ])
    #expect(catalog.paths == ["a/k/l", "b/k1/m", "b/k2/l"])
    let rows = catalog.lineItems.indices.map { index in
      let row = catalog.lineItems[index]
      let campaign = catalog.string(catalog.campaigns[Int(row.campaign)].idJSON)
      let advertiser = catalog.string(catalog.advertisers[Int(row.advertiser)].id)
      let widths = row.creatives.indices.map {
        catalog.creatives[Int(catalog.creativeIndices[$0])].size.width
      }
      return "\(advertiser)/\(campaign) \(widths)"
    }
    #expect(rows == ["a/k [300]", "b/k1 [728, 300]", "b/k2 [728]"])
  }

  @Test func equalSeatsOfAnExchangeShareANumber() {
    let catalog = Samples.compile(
      [
        Samples.advertiser("a", seats: ["two": "s"]), Samples.advertiser("b"),
        Samples.advertiser("c", seats: ["one": "s"]),
      ],
      exchanges: [ExchangeRules(name: "one"), ExchangeRules(name: "two")])
    func number(_ advertiser: Int, _ exchange: Int) -> UInt32 {
      catalog.seatNumbers[catalog.seatIndex(advertiser: advertiser, exchange: exchange)]
    }
    let pairs = [
      number(0, 0) == number(1, 0), number(0, 1) == number(1, 1), number(0, 0) == number(2, 0),
      number(1, 1) == number(2, 1), number(2, 0) == number(0, 1),
    ]
    #expect(pairs == [true, false, false, true, false])
  }

  @Test func tellsWhoBidsWhere() {
    var named = Targeting()
    named.deals.values = IncludeExclude(include: ["d"])
    var open = named
    open.deals.isOpen = true
    var excluding = Targeting()
    excluding.deals.values = IncludeExclude(exclude: ["d"])
    let catalog = Samples.compile([
      Samples.advertiser([
        Samples.campaign([
          Samples.lineItem("a", named), Samples.lineItem("b", open),
          Samples.lineItem("c", excluding), Samples.lineItem("d"),
        ])
      ])
    ])
    #expect(catalog.open.members == [1, 2, 3])
  }

  @Test func tellsWhomAUserWithoutSegmentsSatisfies() {
    let clauses: [AudienceExpression?] = [
      nil, .segment("s"), .none([.segment("s")]), .all([.none([.segment("s")]), .segment("t")]),
      .any([.none([.segment("s")]), .segment("t")]),
    ]
    let catalog = Samples.compile([
      Samples.advertiser([
        Samples.campaign(
          clauses.enumerated().map { index, clause in
            var targeting = Targeting()
            targeting.audience = clause
            return Samples.lineItem("l\(index)", targeting)
          })
      ])
    ])
    #expect(catalog.withoutAudience.members == [0])
    #expect(catalog.satisfiedByNobody.members == [0, 2, 4])
  }

  @Test(arguments: [
    ("acme.example", "acme.example", true), ("shop.acme.example", "ACME.example", true),
    ("acme.example", "shop.acme.example", false), ("notacme.example", "acme.example", false),
    ("acme.example", "", false), ("acme.example", "example", true),
    ("acme.example", ".example", false),
  ])
  func comparesDomains(domain: String, other: String, isBelow: Bool) {
    let catalog = Samples.compile([
      Advertiser(
        id: "a", name: "a", domain: domain, creatives: [Samples.creative()],
        campaigns: [Samples.campaign()])
    ])
    let bytes = Array(other.utf8)
    let answer = catalog.isDomain(catalog.advertisers[0].domain, below: bytes.rawSpan)
    #expect(answer == isBelow)
  }

  @Test(arguments: [
    ("IAB25-3", "iab25", true), ("IAB25", "iab25", true), ("IAB25", "iab25-3", false),
    ("IAB25-3", "iab2", false), ("IAB25-3", "iab25-3", true), ("IAB2", "", false),
  ])
  func comparesCategories(category: String, other: String, isBelow: Bool) {
    let catalog = Samples.compile([Samples.advertiser(categories: [category])])
    let bytes = Array(other.utf8)
    let answer = catalog.isCategory(catalog.texts[0], below: bytes.rawSpan)
    #expect(answer == isBelow)
  }

  @Test func compilesNothing() {
    let catalog = Samples.compile([], exchanges: [])
    #expect(catalog.lineItemCount == 0)
    var columns = TimeColumns()
    columns.update(catalog, at: Samples.monday)
    #expect(columns.inFlight.members == [])
  }

  @Test func compilesAsManyExchangesAsTheLimitAllows() {
    let exchanges = (0..<CatalogLimits.exchanges).map { ExchangeRules(name: "e\($0)") }
    let catalog = Samples.compile([Samples.advertiser()], exchanges: exchanges)
    #expect(catalog.bidParts.count == CatalogLimits.exchanges)
    let last = catalog.seatNumbers[CatalogLimits.exchanges - 1]
    #expect(last == UInt32(CatalogLimits.exchanges - 1))
  }

  @Test func refusesOneExchangeMoreThanTheLimit() async {
    await #expect(processExitsWith: .failure) {
      let exchanges = (0...CatalogLimits.exchanges).map { ExchangeRules(name: "e\($0)") }
      _ = Samples.compile([], exchanges: exchanges)
    }
  }

  @Test func looksAheadAsManyClockChangesAsTheLimitAllows() throws {
    var builder = ScheduleBuilder()
    _ = builder.add(zone: "Europe/Paris", dayparts: [], now: Samples.monday)
    #expect(builder.steps.count == CatalogLimits.zoneTransitions + 1)
    _ = builder.add(zone: "Europe/Paris", dayparts: [], now: Samples.monday)
    _ = builder.add(zone: "UTC", dayparts: [], now: Samples.monday)
    #expect(builder.schedules.count == 2)
    #expect(builder.steps.count == CatalogLimits.zoneTransitions + 2)
  }
}
