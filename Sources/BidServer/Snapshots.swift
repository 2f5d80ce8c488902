import AudienceIndex
import BidEngine
import FixedMemory

/// The immutable values that workers decide by; the control plane replaces them while bids go on.
package struct Snapshots: Sendable {
  /// Campaigns and exchanges.
  package let bidding: Published<BiddingSnapshot>
  /// Users and their segments.
  package let audience: Published<AudienceView>
  /// The number by which explanations read, after those of the workers.
  let explainer: Int

  /// - Parameter workers: how many of them read; each enters and leaves as its own number.
  package init(
    bidding: consuming BiddingSnapshot, audience: consuming AudienceView, workers: Int
  ) {
    explainer = workers
    self.bidding = Published(bidding, readers: workers + 1)
    self.audience = Published(audience, readers: workers + 1)
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
