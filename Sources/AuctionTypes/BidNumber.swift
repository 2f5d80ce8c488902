/// The number of a bid: unique over restarts, workers and requests, and what its id is made of.
@usableFromInline
package struct BidNumber: Hashable, Sendable, BitwiseCopyable {
  /// Drawn at random at every start.
  @usableFromInline package var boot: UInt64
  /// The worker that made it.
  @usableFromInline package var worker: UInt8
  /// Counts the worker's bids without gaps; below 2⁴⁰, which is 35 years at 1,000 bids a second.
  @usableFromInline package var sequence: UInt64

  @inlinable
  package init(boot: UInt64, worker: UInt8, sequence: UInt64) {
    self.boot = boot
    self.worker = worker
    self.sequence = sequence
  }
}
