import BudgetLedger
import LinuxIO

/// What ties one worker to the ledger thread, and what it judges notices by.
package struct LedgerLink: Sendable {
  /// What goes between the worker and the ledger thread.
  package let lane: LedgerLane
  /// Wakes the ledger thread when a notice waits.
  package let wake: EventSignal
  /// Where the worker sees whether the ledger still books.
  package let cells: EscrowCells
  /// The secret of notice URLs.
  package let noticeKey: [UInt8]
  /// How long a bid's notices are booked, in milliseconds.
  package let retentionMilliseconds: Int64

  package init(
    lane: LedgerLane, wake: EventSignal, cells: EscrowCells, noticeKey: [UInt8],
    retentionMilliseconds: Int64
  ) {
    self.lane = lane
    self.wake = wake
    self.cells = cells
    self.noticeKey = noticeKey
    self.retentionMilliseconds = retentionMilliseconds
  }
}
