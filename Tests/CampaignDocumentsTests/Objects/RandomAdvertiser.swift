import AuctionTypes
import CampaignDocuments
import Support

/// Advertisers that documents could say, of every kind of value, from a seed.
struct RandomAdvertiser {
  private var random: SeededGenerator

  /// A source of the same advertisers for the same seed.
  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  /// The next advertiser.
  mutating func next(_ number: Int) -> Advertiser {
    let creatives = (0..<self.number(1, 4)).map { creative($0) }
    let ids = creatives.map { $0.id }
    return Advertiser(
      id: "advertiser-\(number)", name: word(), domain: domain(),
      currency: pick(["USD", "EUR", "JPY"]), seats: names(), categories: list { $0.category() },
      creatives: creatives, campaigns: (0..<self.number(0, 4)).map { campaign($0, creatives: ids) })
  }

  private mutating func creative(_ number: Int) -> Creative {
    let isInsecure = chance(4)
    let asset = isInsecure ? #"<img src="http://c.example/b.png">"# : "<b>\(word())</b>"
    return Creative(
      id: "creative.\(number)", widthPixels: self.number(1, 16_384),
      heightPixels: self.number(1, 16_384),
      markup: asset + "\n\t\"\\/\u{1}\u{7F}\u{2028}😀${CLICK_URL}",
      landingURL: "https://\(domain())/?q=\(self.number(0, 9))",
      attributes: list { $0.number(1, 1_000) }, isSecure: !isInsecure && !chance(4),
      exchangeIDs: names())
  }

  private mutating func campaign(_ number: Int, creatives: [String]) -> Campaign {
    let total = Int64(self.number(0, 1 << 53 - 1) % 9_200_000_000_000_001)
    let budgets = [
      Budget(totalMicros: total), Budget(dailyMicros: total),
      Budget(totalMicros: total, dailyMicros: 9_200_000_000_000_000),
    ]
    let start = chance(2) ? Int64(self.number(0, 4_000_000_000_000)) : nil
    let end = chance(2) ? (start ?? 0) + Int64(self.number(1, 249_000_000_000_000)) : nil
    return Campaign(
      id: "campaign_\(number)", status: pick(Status.allCases),
      flight: Flight(startMilliseconds: start, endMilliseconds: end), budget: pick(budgets),
      timeZone: pick(["UTC", "Europe/Paris", "America/Argentina/Buenos_Aires"]),
      frequencyCaps: caps(),
      lineItems: (0..<self.number(0, 6)).map { lineItem("\(number)-\($0)", creatives: creatives) })
  }

  private mutating func lineItem(_ id: String, creatives: [String]) -> LineItem {
    let model = pick(Bid.Model.allCases)
    let budgets = [.unlimited, Budget(totalMicros: 0), Budget(totalMicros: 7, dailyMicros: 5)]
    return LineItem(
      id: id, status: pick(Status.allCases),
      bid: Bid(
        model: model, amountMicros: Int64(number(1, 1_000_000_000_000)),
        maxCPMMicros: chance(2) ? Int64(number(1, 1_000_000_000_000)) : nil,
        priorCTRPartsPerMillion: model != .cpm || chance(4) ? number(1, 1_000_000) : nil,
        priorCVRPartsPerMillion: model == .cpa || chance(4) ? number(1, 1_000_000) : nil,
        shading: pick(Bid.Shading.allCases)),
      budget: pick(budgets), pacing: pick(Pacing.allCases), frequencyCaps: caps(),
      creativeIDs: Array(creatives.shuffled(using: &random).prefix(number(1, creatives.count))),
      targeting: targeting())
  }

  private mutating func targeting() -> Targeting {
    var targeting = Targeting()
    targeting.audience = chance(2) ? clause(depth: 1) : nil
    targeting.exchanges = lists { $0.word() }
    targeting.geo = lists { $0.place() }
    targeting.domains = lists { $0.domain() }
    targeting.apps = lists { $0.word() }
    targeting.deviceTypes = lists { $0.number(1, 8) }
    targeting.operatingSystems = lists { $0.word() }
    targeting.languages = lists { $0.pick(["fr", "en-US", "no"]) }
    targeting.categories = lists { $0.category() }
    targeting.positions = lists { $0.number(0, 7) }
    targeting.dayparts = list { $0.daypart() }
    targeting.deals = Targeting.Deals(values: lists { $0.word() }, isOpen: chance(2))
    targeting.inventory = lists { $0.pick(Targeting.Inventory.allCases) }
    if chance(2) {
      let from = number(0, 99)
      targeting.userPercent = Targeting.UserPercent(from: from, to: number(from + 1, 100))
    }
    return targeting
  }

  /// What a map of an audience means: one list, or several joined by and.
  private mutating func clause(depth: Int) -> AudienceExpression {
    var clauses: [AudienceExpression] = []
    if chance(2) { clauses.append(.any(parts(depth))) }
    if chance(2) { clauses.append(.all(parts(depth))) }
    if clauses.isEmpty || chance(2) { clauses.append(.none(parts(depth))) }
    return clauses.count == 1 ? clauses[0] : .all(clauses)
  }

  private mutating func parts(_ depth: Int) -> [AudienceExpression] {
    (0..<number(1, 3)).map { _ in
      depth < CampaignLimits.audienceDepth && chance(3)
        ? clause(depth: depth + 1) : .segment("aam:\(number(1, 99))")
    }
  }

  private mutating func place() -> GeoTarget {
    let regions = ["CA", "75", "X-Y", "FR-X", "US-", "-", "-FR"]
    let country = chance(2) ? CountryCode(assigned: pick(["FRA", "USA", "GBR"])) : nil
    let region = country == nil ? pick(["CA", "75", "ZZ-Y"]) : pick(regions)
    return GeoTarget(
      country: country, region: country == nil || chance(2) ? region : nil,
      city: chance(2) ? word() : nil, metro: chance(3) ? "803" : nil, zip: chance(3) ? "007" : nil)
  }

  private mutating func daypart() -> Daypart {
    let start = number(0, 23)
    let end = (start + number(1, 24)) % 25
    return Daypart(
      days: Daypart.Days(rawValue: UInt8(number(1, 127))), startHour: start,
      endHour: end == start ? (start + 1) % 25 : end)
  }

  private mutating func caps() -> [FrequencyCap] {
    let periods: [Int64] = [60, 61, 90, 3_600, 5_400, 86_400, 604_800, 7_776_000]
    return list {
      FrequencyCap(
        impressions: $0.number(1, 65_535), periodSeconds: $0.pick(periods),
        allowsUnidentified: $0.chance(2))
    }
  }

  private mutating func names() -> [String: String] {
    Dictionary(list { ("\($0.word())\($0.number(0, 99))", $0.word()) }) { first, _ in first }
  }

  private mutating func lists<Value>(
    _ make: (inout RandomAdvertiser) -> Value
  ) -> IncludeExclude<Value> {
    IncludeExclude(include: list(make), exclude: list(make))
  }

  private mutating func list<Value>(_ make: (inout RandomAdvertiser) -> Value) -> [Value] {
    chance(2) ? [] : (0..<number(0, 3)).map { _ in make(&self) }
  }

  private mutating func word() -> String {
    pick([
      "a", "true", "null", "~", "12", "1e3", "a b", "\"quoted\"", "b\\c", "é", "名前", "<b>&'",
    ])
  }

  private mutating func domain() -> String {
    pick(["a.example", "x--y.b.example", "münchen.example"])
  }

  private mutating func category() -> String { pick(["IAB1", "IAB25-3", "483", "true"]) }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private mutating func chance(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }

  private mutating func number(_ from: Int, _ to: Int) -> Int {
    Int.random(in: from...to, using: &random)
  }
}
