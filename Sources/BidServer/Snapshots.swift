import AudienceIndex
import BidEngine
import FixedMemory

/// The immutable values that workers decide by; the control plane replaces them while bids go on.
package struct Snapshots: Sendable {
  /// Campaigns and exchanges.
  package let bidding: Published<BiddingSnapshot>
  /// Users and their segments.
  package let audience: Published<AudienceView>

  /// - Parameter workers: how many threads read; each enters and leaves as its own number.
  package init(
    bidding: consuming BiddingSnapshot, audience: consuming AudienceView, workers: Int
  ) {
    self.bidding = Published(bidding, readers: workers)
    self.audience = Published(audience, readers: workers)
  }

  /// Announces that a worker may look at the snapshots from here on.
  func enter(worker: Int) {
    bidding.enter(reader: worker)
    audience.enter(reader: worker)
  }

  /// Says that a worker keeps nothing, before it waits.
  func leave(worker: Int) {
    bidding.leave(reader: worker)
    audience.leave(reader: worker)
  }
}
