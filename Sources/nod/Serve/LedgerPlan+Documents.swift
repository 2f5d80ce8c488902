import AuctionTypes
import BudgetLedger
import CampaignCatalog
import CampaignDocuments
import Foundation

extension LedgerPlan {
  /// How far back a zone's offsets reach: the day that is under way began within it, also where
  /// clocks were set since.
  private static let lookBackMilliseconds: Int64 = 2 * 86_400_000

  /// What a configuration and its documents allow to be spent.
  ///
  /// - Complexity: O(line items + creatives).
  init(_ input: ServeInput, now: WallTime) {
    let from = WallTime(milliseconds: now.milliseconds - Self.lookBackMilliseconds)
    var zones: [String: ZoneOffsets] = [:]
    self.init(exchanges: input.configuration.exchanges.map { $0.name })
    for advertiser in input.documents.advertisers {
      creatives += advertiser.creatives.map {
        CreativePlan(path: "\(advertiser.id)/\($0.id)", landingURL: $0.landingURL)
      }
      for campaign in advertiser.campaigns {
        let zone =
          zones[campaign.timeZone]
          ?? ZoneOffsets(TimeZone(identifier: campaign.timeZone) ?? .gmt, from: from)
        zones[campaign.timeZone] = zone
        campaigns.append(CampaignPlan(campaign, of: advertiser, zone: zone))
      }
    }
  }
}

extension CampaignPlan {
  /// The plan of a campaign and its line items.
  fileprivate init(_ campaign: Campaign, of advertiser: Advertiser, zone: ZoneOffsets) {
    let path = "\(advertiser.id)/\(campaign.id)"
    self.init(
      path: path, currency: CurrencyCode(advertiser.currency) ?? .usd,
      budget: BudgetPlan(campaign.budget), isActive: campaign.status == .active,
      flightStart: campaign.flight.startMilliseconds.map(WallTime.init(milliseconds:)),
      flightEnd: campaign.flight.endMilliseconds.map(WallTime.init(milliseconds:)), zone: zone,
      caps: CapRule.distinct(campaign.frequencyCaps.map { CapRule($0) }),
      lineItems: campaign.lineItems.map { LineItemPlan($0, path: "\(path)/\($0.id)") })
  }
}

extension LineItemPlan {
  /// The plan of a line item.
  fileprivate init(_ lineItem: LineItem, path: String) {
    self.init(
      path: path, budget: BudgetPlan(lineItem.budget), isActive: lineItem.status == .active,
      pacing: PacingPlan(lineItem.pacing),
      largestBid: Money(oneImpressionAt: LineItemPrice(lineItem.bid).value),
      caps: CapRule.distinct(lineItem.frequencyCaps.map { CapRule($0) }))
  }
}

extension BudgetPlan {
  /// The limits of a document, which are below what 64 bits of nano-units hold.
  fileprivate init(_ budget: Budget) {
    self.init(
      total: budget.totalMicros.map(Money.init(micros:)),
      daily: budget.dailyMicros.map(Money.init(micros:)))
  }
}

extension PacingPlan {
  fileprivate init(_ pacing: Pacing) {
    switch pacing {
    case .asap: self = .asap
    case .even: self = .even
    case .ahead: self = .ahead
    }
  }
}
