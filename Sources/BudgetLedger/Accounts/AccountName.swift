import AuctionTypes

/// What an account is called, and the limits that were last recorded for it.
struct AccountName: Sendable, Equatable {
  /// `advertiser/campaign` or `advertiser/campaign/line item`.
  var path: String
  /// A line item's campaign.
  var parent: AccountID?
  var currency: CurrencyCode
  /// When it was first heard of.
  var createdAt: WallTime
  var budget = BudgetPlan()
}
