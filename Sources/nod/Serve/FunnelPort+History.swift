import AuctionTypes
import BidEngine
import BidServer
import ControlPlane
import LinuxIO

extension FunnelPort {
  /// The counters of the workers; line items that the ledger has no number for have none.
  init(_ history: FunnelHistory, _ numbers: NumbersInForce) {
    self.init { path, minutes in
      let now = Instant(nanoseconds: Clock.monotonicNanoseconds())
      let to = WallTime(milliseconds: Clock.realtimeMilliseconds())
      guard let account = numbers.value.accounts[path] else {
        return FunnelCounts(from: to, to: to, refused: [:], bids: 0)
      }
      let reading = history.reading(of: account, minutes: minutes, at: now)
      let age = Int64(clamping: reading.nanoseconds / 1_000_000)
      var refused: [NoBidReason: UInt64] = [:]
      for reason in NoBidReason.allCases { refused[reason] = reading[.refused(reason)] }
      return FunnelCounts(
        from: WallTime(milliseconds: to.milliseconds - age), to: to, refused: refused,
        bids: reading[.bid])
    }
  }
}
