import AuctionTypes
import CampaignCatalog
import CampaignDocuments
import Support

/// Advertisers drawn at random from a small vocabulary, so that rules and requests often meet.
struct RandomDocuments {
  static let exchanges = [
    ExchangeRules(name: "one"),
    ExchangeRules(name: "two", seat: "s2", priceDecimals: 2, bidsPerImpression: 2),
  ]
  static let sizes = [(300, 250), (728, 90), (320, 50), (160, 600)]
  static let segments = (0..<8).map { "s:\($0)" }
  static let domains = ["news.example", "sport.news.example", "shop.example", "example"]
  static let apps = ["com.a", "com.B", "1480035812"]
  static let deals = ["d1", "D2", "3"]
  static let categories = ["IAB1", "IAB1-2", "IAB25", "IAB25-3", "IAB7"]

  var generator: SeededGenerator
  /// The line items of each of twelve campaigns.
  var lineItemsOfCampaign = 6

  mutating func advertisers() -> [Advertiser] {
    ["b", "a", "a-2", "c"].map { advertiser($0) }
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &generator) < percent
  }

  private mutating func some<Value>(_ values: [Value], atMost count: Int = 2) -> [Value] {
    (0..<Int.random(in: 1...count, using: &generator)).map { _ in
      values.randomElement(using: &generator)!
    }
  }

  private mutating func advertiser(_ id: String) -> Advertiser {
    let creatives = (0..<5).map { creative("\(id)-c\($0)", domain: "\(id).example") }
    let campaigns = (0..<3).map { campaign("k\($0)", creatives.map(\.id)) }
    return Advertiser(
      id: id, name: id, domain: chance(30) ? "www.\(id).example" : "\(id).example",
      currency: chance(20) ? ["EUR", "CHF", "JPY"].randomElement(using: &generator)! : "USD",
      seats: chance(50) ? ["one": "s1"] : [:], categories: chance(70) ? some(Self.categories) : [],
      creatives: creatives, campaigns: campaigns)
  }

  private mutating func creative(_ id: String, domain: String) -> Creative {
    let size = Self.sizes.randomElement(using: &generator)!
    let app = chance(30) ? some(["com.x", "com.y"], atMost: 1)[0] : nil
    return Creative(
      id: id, widthPixels: size.0, heightPixels: size.1,
      markup: chance(30) ? "<script src=\"https://\(domain)/x.js\"></script>" : "<b>buy</b>",
      landingURL: app.map { "https://play.google.com/store/apps/details?id=\($0)" }
        ?? "https://\(domain)/",
      attributes: chance(40) ? some([1, 13, 510]) : [], isSecure: chance(70))
  }

  private mutating func campaign(_ id: String, _ creatives: [String]) -> Campaign {
    let now = Samples.monday.milliseconds
    let flight =
      chance(10)
      ? Flight(startMilliseconds: now - 10, endMilliseconds: now)
      : Flight(startMilliseconds: chance(50) ? now : nil, endMilliseconds: now + 86_400_000)
    return Campaign(
      id: id, status: chance(95) ? .active : .paused, flight: flight,
      budget: Budget(dailyMicros: 1),
      timeZone: some(["UTC", "Europe/Paris", "Asia/Kathmandu"], atMost: 1)[0],
      frequencyCaps: caps(percent: 10),
      lineItems: (0..<lineItemsOfCampaign).map { lineItem("\(id)-l\($0)", creatives) })
  }

  private mutating func lineItem(_ id: String, _ creatives: [String]) -> LineItem {
    let micros = Int64.random(in: 1...400, using: &generator) * 10_000 + (chance(30) ? 5_678 : 0)
    return LineItem(
      id: id, status: chance(97) ? .active : .archived,
      bid: Bid(amountMicros: chance(3) ? 40 : micros), frequencyCaps: caps(percent: 15),
      creativeIDs: Array(Set(some(creatives, atMost: 4))).sorted(), targeting: targeting())
  }

  /// Caps whose periods are longer than the run: nothing is forgotten meanwhile.
  private mutating func caps(percent: Int) -> [FrequencyCap] {
    guard chance(percent) else { return [] }
    return (0..<Int.random(in: 1...2, using: &generator)).map { _ in
      FrequencyCap(
        impressions: Int.random(in: 1...4, using: &generator),
        periodSeconds: chance(50) ? 90 * 86_400 : 89 * 86_400, allowsUnidentified: chance(50))
    }
  }

  /// What is left of some line items, and which of them have reached their pace.
  mutating func money(of advertisers: [Advertiser]) -> PlainMoney {
    let money = PlainMoney()
    for advertiser in advertisers {
      for campaign in advertiser.campaigns {
        for lineItem in campaign.lineItems {
          let path = "\(advertiser.id)/\(campaign.id)/\(lineItem.id)"
          money.left[path] = Int64.random(
            in: 0...(chance(40) ? 6_000_000 : 900_000_000), using: &generator)
          if chance(40) { money.paced.insert(path) }
        }
      }
    }
    return money
  }

  /// Most line items have two or three rules, so that many come far.
  private mutating func rule<Value>(_ values: [Value], atMost count: Int = 2) -> IncludeExclude<
    Value
  > {
    IncludeExclude(
      include: chance(13) ? some(values, atMost: count) : [], exclude: chance(8) ? some(values) : []
    )
  }

  private mutating func targeting() -> Targeting {
    var targeting = Targeting()
    if chance(25) { targeting.audience = audience(depth: 3) }
    targeting.exchanges = rule(["one", "two", "gone"])
    targeting.geo = rule(places(), atMost: 4)
    targeting.domains = rule(Self.domains)
    targeting.apps = rule(Self.apps)
    targeting.deviceTypes = rule([1, 2, 4])
    targeting.operatingSystems = rule(["iOS", "Android", "windows"])
    targeting.languages = rule(["en", "fr", "en-GB"])
    targeting.categories = rule(Self.categories)
    targeting.positions = rule([0, 1, 3])
    targeting.inventory = rule(Targeting.Inventory.allCases)
    if chance(12) {
      let start = Int.random(in: 0..<24, using: &generator)
      targeting.dayparts = [
        Daypart(
          days: Daypart.Days(rawValue: UInt8.random(in: 1...127, using: &generator)),
          startHour: start, endHour: Int.random(in: 0...24, using: &generator))
      ]
    }
    if chance(25) {
      targeting.deals.values = IncludeExclude(
        include: some(Self.deals), exclude: chance(20) ? some(Self.deals, atMost: 1) : [])
      targeting.deals.isOpen = chance(40)
    }
    if chance(8) {
      let from = Int.random(in: 0..<100, using: &generator)
      targeting.userPercent = Targeting.UserPercent(
        from: from, to: Int.random(in: from + 1...100, using: &generator))
    }
    return targeting
  }

  private func places() -> [GeoTarget] {
    let usa = CountryCode(assigned: "USA")
    return [
      GeoTarget(country: usa), GeoTarget(country: usa, region: "CA"),
      GeoTarget(country: CountryCode(assigned: "FRA")), GeoTarget(region: "NY"),
      GeoTarget(country: usa, city: "Los Angeles"), GeoTarget(metro: "803"),
      GeoTarget(country: usa, region: "CA", zip: "90001"),
    ]
  }

  private mutating func audience(depth: Int) -> AudienceExpression {
    if depth == 0 || chance(40) { return .segment(some(Self.segments, atMost: 1)[0]) }
    let parts = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
      audience(depth: depth - 1)
    }
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: return .any(parts)
    case 1: return .all(parts)
    default: return .none(parts)
    }
  }

  /// Users with their segments, by `space:id`, and those who are suppressed.
  mutating func users() -> (users: [String: [String]], suppressed: [String]) {
    var users: [String: [String]] = [:]
    for space in ["nod", "one", "two", "ifa", "partner.example"] {
      for number in 0..<12 where chance(80) {
        users["\(space):u\(number)"] = Self.segments.filter { _ in chance(40) }
      }
    }
    return (users, ["nod:u3", "one:u4", "partner.example:u5", "ifa:u6"])
  }
}
