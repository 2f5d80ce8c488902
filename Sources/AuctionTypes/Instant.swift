/// Nanoseconds of the machine's monotonic clock: for durations and deadlines only.
@usableFromInline
package struct Instant: Comparable, Hashable, Sendable, BitwiseCopyable {
  @usableFromInline package var nanoseconds: UInt64

  @inlinable
  package init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  @inlinable
  package static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  @inlinable
  package func advanced(milliseconds: UInt64) -> Instant {
    Instant(nanoseconds: nanoseconds &+ milliseconds &* 1_000_000)
  }
}
