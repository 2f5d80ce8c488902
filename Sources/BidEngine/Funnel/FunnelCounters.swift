import AuctionTypes
import BudgetLedger

/// What all workers have counted since the start, by line item and outcome.
package struct FunnelCounters: Sendable {
  /// One for each worker.
  package let workers: [FunnelCells]

  /// - Parameters:
  ///   - workers: how many there are.
  ///   - accounts: those from here on are not counted.
  package init(workers: Int, accounts: Int = LedgerLimits.accounts) {
    self.workers = (0..<workers).map { _ in FunnelCells(accounts: accounts) }
  }

  /// What given workers count.
  package init(workers: [FunnelCells]) { self.workers = workers }

  /// Requests that came to an outcome for a line item: estimated where requests are many.
  package func requests(_ outcome: FunnelOutcome, of account: AccountID) -> UInt64 {
    workers.reduce(0) { $0 + $1.requests(outcome, of: account) }
  }

  /// Requests that fulfilled all that a line item asks of them, whatever became of them then.
  package func matched(_ account: AccountID) -> UInt64 {
    (0..<FunnelOutcome.count).reduce(0) { sum, index in
      let outcome = FunnelOutcome(index: index)
      return outcome.isMatched ? sum + requests(outcome, of: account) : sum
    }
  }

  /// Requests that were refused before any line item was asked.
  package func unasked(_ reason: NoBidReason) -> UInt64 {
    workers.reduce(0) { $0 + $1.unasked(reason) }
  }

  /// Requests that were judged.
  package var judged: UInt64 { workers.reduce(0) { $0 + $1.judged } }

  /// All requests that the judged ones stand for.
  package var requests: UInt64 { workers.reduce(0) { $0 + $1.requests } }
}
