import FixedMemory

/// Which segments of the journal are still needed by whoever follows it: written by the event log,
/// asked by the ledger thread before it removes segments that a checkpoint has replaced.
package final class JournalNeed: Sendable {
  private let cell = AtomicArray(count: 1, padded: true)

  /// Everything is needed until something else is said.
  package init() {}

  /// The first segment that is needed; those before it may be removed.
  package var segment: UInt32 {
    UInt32(truncatingIfNeeded: cell.load(0, ordering: .acquiring))
  }

  /// Says that the segments before one are not needed any more.
  package func require(from segment: UInt32) { cell.store(UInt64(segment), at: 0) }

  /// Says that nobody follows the journal.
  package func end() { require(from: .max) }
}
