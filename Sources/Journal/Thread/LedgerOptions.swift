import AuctionTypes
import BudgetLedger
import LinuxIO

/// What a ledger's thread is started with.
package struct LedgerOptions: Sendable {
  /// The folder of the journal.
  package var disk: any JournalDisk
  /// The number of this start, drawn at random; never 0.
  package var boot: UInt64
  package var settings: LedgerSettings
  /// Which segments a follower needs; nil where nobody follows.
  package var need: JournalNeed?
  /// The time of the day.
  package var time: @Sendable () -> WallTime = {
    WallTime(milliseconds: Clock.realtimeMilliseconds())
  }
  /// The monotonic clock.
  package var now: @Sendable () -> Instant = {
    Instant(nanoseconds: Clock.monotonicNanoseconds())
  }
  /// Is told in words what was repaired, refused or went wrong.
  package var log: @Sendable (String) -> Void = { _ in }
  /// Whether checkpoints and saves have a thread of their own; otherwise the ledger's makes them.
  package var hasBackground = true
  /// Bytes that a segment holds at least before a checkpoint replaces it.
  package var segmentBytes = JournalLimits.segmentBytesBeforeCheckpoint

  package init(
    disk: any JournalDisk, boot: UInt64, settings: LedgerSettings = LedgerSettings()
  ) {
    self.disk = disk
    self.boot = boot
    self.settings = settings
  }
}
