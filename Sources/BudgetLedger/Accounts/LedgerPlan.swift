import AuctionTypes

/// What the documents in force allow to be spent.
package struct LedgerPlan: Sendable, Equatable {
  package var campaigns: [CampaignPlan]
  package var creatives: [CreativePlan]
  /// Names of the exchanges of the configuration.
  package var exchanges: [String]

  package init(
    campaigns: [CampaignPlan] = [], creatives: [CreativePlan] = [], exchanges: [String] = []
  ) {
    self.campaigns = campaigns
    self.creatives = creatives
    self.exchanges = exchanges
  }
}

/// Limits of one level; nil is unlimited.
package struct BudgetPlan: Sendable, Equatable {
  package var total: Money?
  /// For each day of the campaign's time zone.
  package var daily: Money?

  package init(total: Money? = nil, daily: Money? = nil) {
    self.total = total
    self.daily = daily
  }
}

/// A campaign as the ledger sees it.
package struct CampaignPlan: Sendable, Equatable {
  /// `advertiser/campaign`.
  package var path: String
  package var currency: CurrencyCode
  package var budget: BudgetPlan
  package var isActive: Bool
  /// Start inclusive, end exclusive; nil is open.
  package var flightStart: WallTime?
  package var flightEnd: WallTime?
  package var zone: ZoneOffsets
  package var caps: [CapRule]
  package var lineItems: [LineItemPlan]

  package init(
    path: String, currency: CurrencyCode = .usd, budget: BudgetPlan, isActive: Bool = true,
    flightStart: WallTime? = nil, flightEnd: WallTime? = nil, zone: ZoneOffsets = .utc,
    caps: [CapRule] = [], lineItems: [LineItemPlan] = []
  ) {
    self.path = path
    self.currency = currency
    self.budget = budget
    self.isActive = isActive
    self.flightStart = flightStart
    self.flightEnd = flightEnd
    self.zone = zone
    self.caps = caps
    self.lineItems = lineItems
  }
}

/// A line item as the ledger sees it.
package struct LineItemPlan: Sendable, Equatable {
  /// `advertiser/campaign/line item`.
  package var path: String
  package var budget: BudgetPlan
  package var isActive: Bool
  package var pacing: PacingPlan
  /// The most that one bid of it can cost.
  package var largestBid: Money
  package var caps: [CapRule]

  package init(
    path: String, budget: BudgetPlan = BudgetPlan(), isActive: Bool = true,
    pacing: PacingPlan = .asap, largestBid: Money, caps: [CapRule] = []
  ) {
    self.path = path
    self.budget = budget
    self.isActive = isActive
    self.pacing = pacing
    self.largestBid = largestBid
    self.caps = caps
  }
}

/// How a line item's spend is spread over its day or flight.
package enum PacingPlan: UInt8, Sendable {
  /// As soon as possible.
  case asap
  /// In proportion to the time passed.
  case even
  /// A fifth ahead of the time passed.
  case ahead
}

/// A creative as the ledger sees it: a number, and where its clicks go.
package struct CreativePlan: Sendable, Equatable {
  /// `advertiser/creative`.
  package var path: String
  package var landingURL: String

  package init(path: String, landingURL: String) {
    self.path = path
    self.landingURL = landingURL
  }
}
