/// When bytes that a wait reported became readable, as far as a loop can know.
///
/// Bytes that ended a sleep are new. Where a wait returned at once, they came while the turns
/// before were served: after the last wait that reported all there was, and after their connection
/// was last read. The later of these two is the earliest that they can have come, and counts, so
/// that under load what is answered in time was in time. What a loop cannot know is not in it: how
/// long the system kept the thread from running after a wake-up, and how long bytes lay behind an
/// answer that their peer did not read.
struct ArrivalClock: BitwiseCopyable {
  /// The earliest that bytes of this turn became readable, in nanoseconds of the monotonic clock.
  private(set) var earliest: UInt64
  /// When the last wait returned that reported all there was.
  private var sawAllAt: UInt64

  init(now: UInt64) {
    earliest = now
    sawAllAt = now
  }

  /// Takes a wait that began and returned at some times; it did not see all where it was full.
  mutating func waited(from start: UInt64, to end: UInt64, sawAll: Bool) {
    let slept = end &- start > BidServerLimits.waitWithoutSleepNanoseconds
    earliest = slept && sawAll ? end : sawAllAt
    if sawAll { sawAllAt = end }
  }

  /// When bytes of a connection became readable that was last read at a time.
  func arrival(lastRead: UInt64) -> UInt64 { max(earliest, lastRead) }
}
