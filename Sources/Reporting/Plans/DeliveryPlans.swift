import AuctionTypes
import BudgetLedger

/// What campaigns and line items were planned to spend, for the rows of a report that are grouped
/// by them, and by day if at all by anything else.
struct DeliveryPlans {
  private let query: DeliveryQuery
  private let now: WallTime
  private var plans: [String: ObjectPlan] = [:]

  init(_ query: DeliveryQuery, _ campaigns: [CampaignPlan], at now: WallTime) {
    self.query = query
    self.now = now
    let planned: Set<DeliveryDimension> = [.advertiser, .campaign, .lineItem, .day]
    let isPlanned =
      planned.isSuperset(of: query.groupBy) && query.creative == nil && query.exchange == nil
      && query.size == nil
    if !isPlanned { return }
    if query.groupBy.contains(.lineItem) {
      for campaign in campaigns {
        for lineItem in campaign.lineItems {
          plans[lineItem.path] = ObjectPlan(lineItem, of: campaign)
        }
      }
    } else if query.groupBy.contains(.campaign), query.lineItem == nil {
      for campaign in campaigns { plans[campaign.path] = ObjectPlan(campaign) }
    }
  }

  /// What was planned for a row; nil where nothing plans.
  ///
  /// - Parameter createdAt: when the ledger first heard of what the row is of.
  func planned(
    advertiser: String, campaign: String, keys: [String], createdAt: WallTime?
  ) -> Money? {
    if plans.isEmpty { return nil }
    var path = "\(advertiser)/\(campaign)"
    if let index = query.groupBy.firstIndex(of: .lineItem) { path += "/\(keys[index])" }
    guard var plan = plans[path], let createdAt else { return nil }
    plan.createdAt = createdAt
    if let index = query.groupBy.firstIndex(of: .day) {
      return LocalDay(keys[index]).flatMap { plan.planned(on: $0, by: now) }
    }
    return plan.planned(from: query.from, to: query.to, by: now)
  }
}
