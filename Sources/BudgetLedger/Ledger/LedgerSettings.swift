import AuctionTypes

/// What a ledger is configured with.
package struct LedgerSettings: Sendable {
  /// How long after its bid a notice may come, in milliseconds; what is booked is remembered as
  /// long.
  package var retentionMilliseconds: Int64
  /// The largest window that any exchange is configured with: how long a crash holds budget back.
  package var horizonSeconds: UInt32
  /// Workers that bid: reservations on the way are counted by them.
  package var lanes: Int
  /// Bids that wait for their notice at a time.
  package var reservations: Int
  /// Bytes of one group commit.
  package var frameBytes: Int

  package init(
    retentionMilliseconds: Int64 = 30 * 86_400_000, horizonSeconds: UInt32 = 60, lanes: Int = 1,
    reservations: Int = LedgerLimits.reservations, frameBytes: Int = LedgerLimits.frameBytes
  ) {
    self.retentionMilliseconds = retentionMilliseconds
    self.horizonSeconds = min(horizonSeconds, LedgerLimits.windowSeconds)
    self.lanes = lanes
    self.reservations = min(reservations, LedgerLimits.reservations)
    self.frameBytes = min(frameBytes, LedgerLimits.frameBytes)
  }
}
