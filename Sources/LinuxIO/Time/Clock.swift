import Glibc

/// The machine's clocks.
package enum Clock {
  /// Nanoseconds since some moment before the machine started; never steps.
  package static func monotonicNanoseconds() -> UInt64 { read(CLOCK_MONOTONIC) }

  /// As ``monotonicNanoseconds()`` at the last tick, some milliseconds ago at most, but cheaper.
  package static func coarseNanoseconds() -> UInt64 { read(CLOCK_MONOTONIC_COARSE) }

  /// Milliseconds since 1970-01-01T00:00:00Z; steps when the clock is set.
  package static func realtimeMilliseconds() -> Int64 {
    Int64(read(CLOCK_REALTIME) / 1_000_000)
  }

  /// Nanoseconds of processor time that the calling thread used.
  package static func threadNanoseconds() -> UInt64 { read(CLOCK_THREAD_CPUTIME_ID) }

  private static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    // Safety: the call writes one timespec; it cannot fail for a clock that exists.
    _ = unsafe clock_gettime(clock, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}
