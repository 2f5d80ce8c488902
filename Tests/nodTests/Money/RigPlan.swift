/// What the accounts of the rig may spend, by round: budgets are raised at each restart, so that
/// they neither dry up nor stop to bind.
struct RigBudget: Sendable {
  /// Micros of the account's currency in the first round, and what each further one adds.
  var total: (first: Int64, step: Int64)?
  /// The same for each day.
  var daily: (first: Int64, step: Int64)?

  /// The total in a round, in micros.
  func totalMicros(round: Int) -> Int64? { total.map { $0.first + $0.step * Int64(round) } }

  /// The limit of a day in a round, in micros.
  func dailyMicros(round: Int) -> Int64? { daily.map { $0.first + $0.step * Int64(round) } }

  /// What may be spent in a round where all happens on one day, in nano-units.
  func nanos(round: Int) -> Int64? {
    [totalMicros(round: round), dailyMicros(round: round)].compactMap { $0 }.min()
      .map { $0 * 1_000 }
  }

  /// A line of a document; nothing where nothing is limited.
  fileprivate func line(indent: Int, round: Int) -> String {
    let parts = [
      totalMicros(round: round).map { "total_micros: \($0)" },
      dailyMicros(round: round).map { "daily_micros: \($0)" },
    ].compactMap { $0 }
    guard !parts.isEmpty else { return "" }
    return String(repeating: " ", count: indent) + "budget: {" + parts.joined(separator: ", ")
      + "}\n"
  }
}

/// What is sent for the bids of a line item.
enum RigHabit: Sendable {
  /// Every kind of notice, most of them billings.
  case buying
  /// Mostly losses, so that the same budget is reserved again and again.
  case losing
  /// One billing notice at the bid's price, at once.
  case paying
}

/// A line item of the rig: asked for by a domain of its own.
struct RigLineItem: Sendable {
  let name: String
  /// CPM in micros of the account's currency.
  let amountMicros: Int64
  var budget = RigBudget()
  var habit = RigHabit.buying
  var pacing = "asap"

  /// The site that it alone buys.
  var domain: String { "\(name).example" }
  /// The one creative that it shows.
  var creative: String { "c-\(name)" }
}

/// A campaign of the rig.
struct RigCampaign: Sendable {
  let advertiser: String
  let name: String
  /// Of its advertiser: `USD` or `EUR`.
  var currency = "USD"
  var budget: RigBudget
  var lineItems: [RigLineItem]
  var flight: String?

  /// Its path in reports.
  var path: String { "\(advertiser)/\(name)" }
}

/// Campaigns, as documents and as accounts.
struct RigPlan: Sendable {
  /// Billionths of a US dollar for a euro.
  static let nanosOfEuro: Int64 = 1_080_000_000

  /// A line item and where it belongs.
  struct Entry: Sendable {
    let path: String
    let campaign: Int
    let item: RigLineItem
    let isEuro: Bool

    /// What a CPM in micros of a dollar costs one impression, in nano-units of the account.
    func nanos(ofMicros micros: Int64) -> Int64 {
      isEuro ? (micros * 1_000_000_000 + RigPlan.nanosOfEuro - 1) / RigPlan.nanosOfEuro : micros
    }
  }

  let campaigns: [RigCampaign]
  /// All line items, campaign by campaign.
  let entries: [Entry]
  /// A time zone in which no midnight is near.
  let timeZone: String

  init(_ campaigns: [RigCampaign], hourOfDay: Int) {
    self.campaigns = campaigns
    entries = campaigns.enumerated().flatMap { index, campaign in
      campaign.lineItems.map {
        Entry(
          path: "\(campaign.path)/\($0.name)", campaign: index, item: $0,
          isEuro: campaign.currency == "EUR")
      }
    }
    timeZone = (2..<22).contains(hourOfDay) ? "UTC" : "Asia/Tokyo"
  }

  /// The line item of a creative.
  func entry(ofCreative creative: String) -> Int? {
    entries.firstIndex { creative.hasSuffix($0.item.creative) }
  }

  /// The documents of a round.
  func document(round: Int) -> String {
    var text = "advertisers:\n"
    for advertiser in Set(campaigns.map(\.advertiser)).sorted() {
      let own = campaigns.filter { $0.advertiser == advertiser }
      text += "  - id: \(advertiser)\n    domain: \(advertiser).example\n"
      text += "    currency: \(own[0].currency)\n    creatives:\n"
      text += own.flatMap(\.lineItems).map(Self.creative).joined()
      text += "    campaigns:\n" + own.map { campaign($0, round: round) }.joined()
    }
    return text
  }

  private static func creative(_ item: RigLineItem) -> String {
    """
          - {id: \(item.creative), format: banner, w: 300, h: 250,
             markup: '<a href="${CLICK_URL}">buy</a>', landing_url: 'https://\(item.domain)/'}

    """
  }

  private func campaign(_ campaign: RigCampaign, round: Int) -> String {
    "      - id: \(campaign.name)\n        timezone: \(timeZone)\n"
      + campaign.budget.line(indent: 8, round: round)
      + (campaign.flight.map { "        flight: \($0)\n" } ?? "") + "        line_items:\n"
      + campaign.lineItems.map { lineItem($0, round: round) }.joined()
  }

  private func lineItem(_ item: RigLineItem, round: Int) -> String {
    """
              - id: \(item.name)
                bid: {model: cpm, amount_micros: \(item.amountMicros)}
                pacing: \(item.pacing)
                creatives: [\(item.creative)]
                targeting: {domains: {include: [\(item.domain)]}}

    """ + item.budget.line(indent: 12, round: round)
  }
}

extension RigPlan {
  /// The campaigns of the kill loops: one with ample budget, one where two line items fight for the
  /// last cent of a total and of a day, one whose bids are lost, one in euros.
  static func kills(hourOfDay: Int) -> RigPlan {
    RigPlan(
      [
        RigCampaign(
          advertiser: "acme", name: "steady",
          budget: RigBudget(total: (40_000_000, 6_000_000)),
          lineItems: [
            RigLineItem(name: "s1", amountMicros: 2_345_600),
            RigLineItem(name: "s2", amountMicros: 1_100_000),
          ]),
        RigCampaign(
          advertiser: "acme", name: "tight",
          budget: RigBudget(total: (400_007, 41_003), daily: (500_000, 40_001)),
          lineItems: [
            RigLineItem(
              name: "t1", amountMicros: 3_210_900, budget: RigBudget(daily: (200_000, 22_001))),
            RigLineItem(
              name: "t2", amountMicros: 777_700, budget: RigBudget(total: (250_000, 30_007))),
          ]),
        RigCampaign(
          advertiser: "acme", name: "turning",
          budget: RigBudget(total: (500_000, 10_000), daily: (300_000, 9_000)),
          lineItems: [RigLineItem(name: "r1", amountMicros: 1_500_000, habit: .losing)]),
        RigCampaign(
          advertiser: "globex", name: "euro", currency: "EUR",
          budget: RigBudget(total: (600_000, 100_003)),
          lineItems: [
            RigLineItem(name: "e1", amountMicros: 1_777_700),
            RigLineItem(
              name: "e2", amountMicros: 901_300, budget: RigBudget(daily: (150_000, 10_000))),
          ]),
      ], hourOfDay: hourOfDay)
  }
}
