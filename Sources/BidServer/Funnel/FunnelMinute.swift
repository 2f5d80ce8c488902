import AuctionTypes
import BidEngine

/// What was counted in a minute.
struct FunnelMinute: Sendable {
  /// When it began and ended.
  var start: Instant
  var end: Instant
  /// The accounts that there were at its end: what has a larger number came later.
  var accounts: Int
  /// All requests that were judged or stood for.
  var requests: UInt64 = 0
  /// Those that no line item was asked for, by reason.
  var unasked: [UInt64] = Array(repeating: 0, count: NoBidReason.allCases.count)
  /// What became of the line items, by ``FunnelOutcome/index``; nil where an outcome did not occur.
  var columns: [FunnelColumn?] = Array(repeating: nil, count: FunnelOutcome.count)

  /// The bytes that it takes, roughly.
  var byteCount: Int {
    columns.reduce(1_024) { $0 + ($1?.byteCount ?? 0) }
  }

  /// What became of an account's requests, by ``FunnelOutcome/index``.
  func outcomes(of account: AccountID) -> [UInt64] {
    columns.map { $0?.count(of: account.rawValue) ?? 0 }
  }
}
