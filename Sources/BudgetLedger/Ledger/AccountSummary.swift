import AuctionTypes

/// One account's balance at a moment, for reports and `nod ledger verify`.
package struct AccountSummary: Sendable, Equatable {
  /// `advertiser/campaign` or `advertiser/campaign/line item`.
  package var path: String
  package var currency: CurrencyCode
  /// nil is unlimited.
  package var totalBudget: Money?
  /// nil is unlimited.
  package var dailyBudget: Money?
  /// The newest day that anything was granted or booked for; nil when nothing was.
  package var day: LocalDay?
  /// What was booked for that day, late ones included.
  package var daySettled: Money
  /// Granted and neither reserved nor settled.
  package var escrow: Money
  /// Out with bids that wait for their notice.
  package var reserved: Money
  /// Booked, late ones included.
  package var settled: Money
  /// Booked after the window or a loss.
  package var late: Money
  /// Booked notices.
  package var notices: Int
}
