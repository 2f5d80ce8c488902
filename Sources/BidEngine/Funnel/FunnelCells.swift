import AuctionTypes
import BudgetLedger
import FixedMemory

/// What one worker has counted of its requests, by line item and outcome: written by the worker
/// alone with plain stores, read by whoever wants to know.
///
/// Outcome by outcome the line items lie side by side, so that a request, which most line items
/// leave at the same few stages, writes few pages and writes them in order. Memory is taken page by
/// page as cells are first written: 8 bytes for each line item and outcome that occurs.
package final class FunnelCells: Sendable {
  /// The accounts that are counted; those from here on are not.
  package let accounts: Int
  private let cells: AtomicArray
  private let totals = AtomicArray(count: Total.count)

  /// What is counted for all line items at once.
  private enum Total {
    /// Requests that no line item was asked for, by reason.
    static var refused: Int { 0 }
    static var judged: Int { NoBidReason.allCases.count }
    static var requests: Int { judged + 1 }
    static var count: Int { requests + 1 }
  }

  /// All zero.
  package init(accounts: Int = LedgerLimits.accounts) {
    self.accounts = accounts
    cells = AtomicArray(count: accounts * FunnelOutcome.count)
  }

  // MARK: The worker

  /// A judged request that stands for so many.
  @inline(__always)
  func count(requests: UInt64) {
    totals.addOwned(1, at: Total.judged)
    totals.addOwned(requests, at: Total.requests)
  }

  /// No line item was asked.
  @inline(__always)
  func countUnasked(_ reason: NoBidReason, requests: UInt64) {
    totals.addOwned(requests, at: Total.refused + Int(reason.rawValue))
  }

  /// What became of a line item.
  @inline(__always)
  func count(outcome: Int, account: UInt32, requests: UInt64) {
    guard account < accounts else { return }
    cells.addOwned(requests, at: outcome * accounts + Int(account))
  }

  // MARK: Readers

  /// Requests that came to an outcome for an account; zero for one that is not counted.
  package func requests(_ outcome: FunnelOutcome, of account: AccountID) -> UInt64 {
    guard account.rawValue < accounts else { return 0 }
    return cells.load(outcome.index * accounts + Int(account.rawValue))
  }

  /// Requests that were refused before any line item was asked.
  package func unasked(_ reason: NoBidReason) -> UInt64 {
    totals.load(Total.refused + Int(reason.rawValue))
  }

  /// Requests that were judged.
  package var judged: UInt64 { totals.load(Total.judged) }

  /// All requests that the judged ones stand for.
  package var requests: UInt64 { totals.load(Total.requests) }
}
