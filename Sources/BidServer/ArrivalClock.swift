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
  /// What was ready at this moment has been reported since.
  private var sawAllAt: UInt64
  /// When the full waits began that are not yet known to have reported all that was ready then.
  private var roundFrom: UInt64
  /// When a wait found what had waited for long, and every one since did; 0 where the last did not.
  private var strainedSince: UInt64 = 0
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
  }

  /// Takes a wait that began and returned at some times.
  ///
  /// - Parameters:
  ///   - maySleep: whether it would have waited for events; after a full one, none may before a
  ///     look has found nothing. So a burst that ends a sleep is new, all of it.
  ///   - sawAll: whether it was not full.
  mutating func waited(from start: UInt64, to end: UInt64, maySleep: Bool, sawAll: Bool) {
    // One that might not sleep and took long was kept from running.
    let slept = maySleep && end &- start > BidServerLimits.waitWithoutSleepNanoseconds
    earliest = slept ? end : sawAllAt
    if sawAll || slept {
      sawAllAt = end
      roundFrom = end
    }
    if end &- earliest < BidServerLimits.easeNanoseconds {
      strainedSince = 0
    } else if strainedSince == 0 {
      strainedSince = end
    }
    isPressed = strainedSince != 0 && end &- strainedSince > BidServerLimits.burstNanoseconds
  }

  /// Takes note that the wait that ended now reported a connection that was read before.
  ///
  /// The kernel reports ready connections in turns. So where one comes again that was read since
  /// the full waits began, all that were ready then have come before it.
  mutating func reported(lastReadAt time: UInt64, now: UInt64) {
    guard time >= roundFrom, time < now else { return }
    sawAllAt = roundFrom
    roundFrom = now
  }

  /// When bytes became readable that a connection has now: as early as those before them, where
  /// they may have lain behind them. Where a wait since then reported all there was, and not those,
  /// nothing had been left.
  func arrival(after last: LastRead) -> UInt64 {
    last.leftSome && last.at >= earliest ? last.arrival : max(earliest, last.at)
  }
}
