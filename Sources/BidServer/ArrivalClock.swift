/// When bytes that a wait reported became readable, as far as a loop can know.
///
/// Bytes that ended a sleep are new. Where a wait returned at once, they came while the turns
/// before were served: after the last wait that reported all there was, and after their connection
/// was last read. The later of these two is the earliest that they can have come, and counts, so
/// that under load what is answered in time was in time. What a loop cannot know is not in it: how
/// long the system kept the thread from running after a wake-up.
struct ArrivalClock: BitwiseCopyable {
  /// The earliest that bytes of this turn became readable, in nanoseconds of the monotonic clock.
  private(set) var earliest: UInt64
  /// What was ready at this moment has been reported since: by a wait that saw all, or, the kernel
  /// taking them in turns, by as many events as there are connections.
  private var sawAllAt: UInt64
  /// When the full waits began that are not yet known to have seen all, and what they reported.
  private var roundFrom: UInt64
  private var roundEvents = 0
  /// The most connections that there were meanwhile.
  private var roundWatched = 0
  /// When a wait last found nothing that had waited for long.
  private var easedAt: UInt64
  /// Whether requests come faster than they are answered: for a while, all that waits reported may
  /// have waited for long. A burst is over sooner.
  private(set) var isPressed = false

  /// What is known of a connection's last read.
  struct LastRead: BitwiseCopyable {
    /// When it was, in nanoseconds of the monotonic clock.
    var at: UInt64 = 0
    /// The earliest that its bytes became readable.
    var arrival: UInt64 = 0
    /// Whether bytes may have been left: it filled the room that there was.
    var leftSome = false

    /// The connection is looked at again, after an answer waited for its peer: since the last read
    /// bytes may have come that no wait reported.
    mutating func resume(at now: UInt64) {
      at = now
      leftSome = true
    }
  }

  init(now: UInt64) {
    earliest = now
    sawAllAt = now
    roundFrom = now
    easedAt = now
  }

  /// Takes a wait that began and returned at some times; it did not see all where it was full.
  ///
  /// - Parameters:
  ///   - events: what a full wait reported.
  ///   - watched: how many might have been.
  mutating func waited(
    from start: UInt64, to end: UInt64, sawAll: Bool, events: Int = 0, watched: Int = .max
  ) {
    let slept = end &- start > BidServerLimits.waitWithoutSleepNanoseconds
    earliest = slept && sawAll ? end : sawAllAt
    noteSeen(end, sawAll, events, watched)
    if end &- earliest < BidServerLimits.easeNanoseconds { easedAt = end }
    isPressed = end &- easedAt > BidServerLimits.burstNanoseconds
  }

  /// Notes what has been seen by now.
  private mutating func noteSeen(_ end: UInt64, _ sawAll: Bool, _ events: Int, _ watched: Int) {
    roundEvents &+= events
    roundWatched = max(roundWatched, watched)
    guard sawAll || roundEvents >= roundWatched else { return }
    sawAllAt = sawAll ? end : roundFrom
    roundFrom = end
    roundEvents = 0
    roundWatched = 0
  }

  /// When bytes became readable that a connection has now: as early as those before them, where
  /// they may have lain behind them. Where a wait since then reported all there was, and not those,
  /// nothing had been left.
  func arrival(after last: LastRead) -> UInt64 {
    last.leftSome && last.at >= earliest ? last.arrival : max(earliest, last.at)
  }
}
