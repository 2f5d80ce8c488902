import FixedMemory

/// How often durations fell into each of ``DurationBuckets``: written by one thread, read by
/// whoever scrapes.
package final class DurationHistogram: Sendable {
  private let cells = AtomicArray(count: DurationBuckets.count + 1)

  /// All zero.
  package init() {}

  /// Counts a duration; for the one thread that writes.
  package func record(nanoseconds: UInt64) {
    cells.addOwned(1, at: DurationBuckets.index(nanoseconds: nanoseconds))
    cells.addOwned(nanoseconds, at: DurationBuckets.count)
  }

  /// How many fell into each bucket.
  package var buckets: [UInt64] { (0..<DurationBuckets.count).map { cells.load($0) } }

  /// The sum of all durations in nanoseconds.
  package var sumNanoseconds: UInt64 { cells.load(DurationBuckets.count) }
}
