import AuctionTypes
import BidEngine
import FixedMemory
import LinuxIO

/// Explains requests by the snapshots that the workers decide by, beside them; one at a time.
package struct Explainer: ~Copyable {
  private var pipeline: BidPipeline
  private let snapshots: Snapshots
  private var response = FixedBuffer(capacity: BidServerLimits.responseBytes)
  private var sequence: UInt64 = 0

  /// - Parameter desk: one that does not spend.
  package init(snapshots: Snapshots, desk: consuming SpendingDesk) {
    self.snapshots = snapshots
    pipeline = BidPipeline(desk: desk)
  }

  /// What became of each line item, as if the request had come in now.
  ///
  /// - Parameters:
  ///   - exchange: the place of the exchange among those configured.
  ///   - advertisers: decides as if there were no others; nil for all.
  package mutating func explain(
    _ body: [UInt8], exchange: Int, only advertisers: Set<String>?
  ) -> Explanation {
    sequence &+= 1
    let now = Instant(nanoseconds: Clock.monotonicNanoseconds())
    let context = BidContext(
      exchange: exchange, received: now, now: now,
      time: WallTime(milliseconds: Clock.realtimeMilliseconds()),
      nonce: AuctionNonce(boot: 0, worker: 0, sequence: sequence))
    snapshots.enter(worker: snapshots.explainer)
    defer { snapshots.leave(worker: snapshots.explainer) }
    return snapshots.bidding.withCurrent { bidding in
      snapshots.audience.withCurrent { audience in
        pipeline.explain(
          body.rawSpan, context, bidding.catalog, audience, bidding.spaces, only: advertisers,
          into: &response)
      }
    }
  }
}
