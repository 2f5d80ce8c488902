import AuctionTypes
import BudgetLedger
import FixedMemory
import LinuxIO

/// The work of the event log's thread, step by step: takes events from the lanes and bookings from
/// the journal, and writes them.
struct EventCollector: ~Copyable {
  /// What the event log is made of.
  struct Parts: Sendable {
    var disk: any JournalDisk
    var lanes: [LedgerLane]
    var journal: any JournalDisk
    var end: JournalEnd
    var need: JournalNeed
    var figures: EventFigures
    var retentionDays: Int
    var log: @Sendable (String) -> Void
  }

  private let parts: Parts
  private var writer: EventWriter
  private var follower: BookingFollower
  /// Whether the follower's bookings are not gathered yet, since their block had no room.
  private var hasBookings = false
  /// Whether the journal can be followed: not when it is damaged.
  private var isFollowing = true
  private var failedAt: UInt64?
  private var flushedAt: UInt64 = 0
  private var syncedAt: UInt64 = 0
  private var cleanedAt: UInt64?
  /// Until when all that was told is gathered, written, and durable; nil while that is not known.
  private var gatheredTime: WallTime?
  private var writtenTime: WallTime?
  private var durableTime: WallTime?

  /// - Parameter start: up to where the files hold the journal's bookings.
  init(_ parts: Parts, nextNumber: UInt32, start: JournalPosition) {
    self.parts = parts
    writer = EventWriter(parts.disk, nextNumber: nextNumber, position: start)
    follower = BookingFollower(parts.journal, from: start, end: parts.end)
  }

  /// Does what there is to do at a moment; whether there is more.
  ///
  /// - Parameter monotonic: nanoseconds of the monotonic clock.
  mutating func step(now: WallTime, monotonic: UInt64) -> Bool {
    if failedAt != nil, !isDue(failedAt, JournalLimits.eventRetryMilliseconds, monotonic) {
      return false
    }
    do throws(FileError) {
      try rollBackIfNeeded()
      let hasMore = try gather(now)
      if !hasMore, isFollowing { gatheredTime = now }
      try write(now, monotonic)
      succeeded()
      clean(now, monotonic)
      return hasMore
    } catch {
      failed(error, monotonic)
      return false
    }
  }

  /// Takes in all that is there and makes it durable; for the end, when workers and ledger are
  /// done.
  mutating func finish(now: WallTime) {
    do throws(FileError) {
      try rollBackIfNeeded()
      while try gather(now) {}
      if isFollowing { gatheredTime = now }
      try flush(now)
      try writer.sync()
      durableTime = writtenTime
      tellDurable()
    } catch {
      failed(error, 0)
    }
  }

  // MARK: Gathering

  private mutating func gather(_ now: WallTime) throws(FileError) -> Bool {
    for lane in parts.lanes {
      let end = lane.events.end
      while true {
        if writer.isFull { try flush(now) }
        guard let event = lane.events.pop(before: end) else { break }
        // Bookings are the journal's to tell.
        if event.kind == .booking { continue }
        writer.append(event)
        parts.figures.add(event.kind)
      }
    }
    return try follow(now)
  }

  /// Takes in bookings of the journal; whether there may be more.
  private mutating func follow(_ now: WallTime) throws(FileError) -> Bool {
    for _ in 0..<JournalLimits.framesPerEventStep where isFollowing {
      if !hasBookings { hasBookings = nextBookings() }
      guard hasBookings else {
        writer.append([], upTo: follower.position)
        return false
      }
      if writer.isFull || !writer.hasRoom(for: follower.bookings.count) { try flush(now) }
      writer.append(follower.bookings, upTo: follower.position)
      parts.figures.add(.booking, follower.bookings.count)
      hasBookings = false
    }
    return isFollowing
  }

  /// Reads a frame's bookings; false when there is none yet, or it cannot be read.
  private mutating func nextBookings() -> Bool {
    do {
      return try follower.next()
    } catch {
      isFollowing = false
      parts.figures.addFailure()
      parts.log("bookings are not copied into the event log until the next start: \(error)")
      return false
    }
  }

  // MARK: Writing

  private mutating func write(_ now: WallTime, _ monotonic: UInt64) throws(FileError) {
    if writer.isWaiting, isDue(flushedAt, JournalLimits.eventFlushMilliseconds, monotonic) {
      try flush(now)
      flushedAt = monotonic
    }
    if !writer.hasUnwritten { writtenTime = gatheredTime }
    if isDue(syncedAt, JournalLimits.eventSyncMilliseconds, monotonic) {
      try writer.sync()
      syncedAt = monotonic
    }
    if writer.isDurable { durableTime = writtenTime }
    tellDurable()
  }

  private mutating func flush(_ now: WallTime) throws(FileError) {
    let dropped = parts.lanes.reduce(parts.figures.lost) { $0 + $1.droppedEvents.load(0) }
    try writer.flush(now: now, dropped: dropped)
    writtenTime = gatheredTime
  }

  /// The journal's segments whose bookings are durable here are not needed any more; the end comes
  /// before its time, which tells of all up to it.
  private func tellDurable() {
    parts.figures.set(durableEnd: writer.durableEnd)
    if let durableTime { parts.figures.set(durableTime: durableTime) }
    let position = writer.durablePosition
    guard position != parts.figures.durablePosition else { return }
    parts.figures.set(durable: position)
    parts.need.require(from: position.segment)
  }

  private mutating func rollBackIfNeeded() throws(FileError) {
    guard writer.isUncertain else { return }
    parts.figures.add(lost: try writer.rollBack())
    gatheredTime = nil
    writtenTime = nil
    follower = BookingFollower(parts.journal, from: writer.durablePosition, end: parts.end)
    hasBookings = false
  }

  private func isDue(_ last: UInt64?, _ milliseconds: UInt64, _ monotonic: UInt64) -> Bool {
    guard let last else { return true }
    return monotonic &- last >= milliseconds * 1_000_000
  }

  // MARK: Keeping

  /// Deletes old files. That it cannot is told, but keeps nothing from being written.
  private mutating func clean(_ now: WallTime, _ monotonic: UInt64) {
    guard isDue(cleanedAt, JournalLimits.eventRetentionMilliseconds, monotonic) else { return }
    cleanedAt = monotonic
    do throws(FileError) {
      _ = try writer.removeOld(now: now, retentionDays: parts.retentionDays)
    } catch {
      parts.figures.addFailure()
      parts.log("old events are not deleted: \(error)")
    }
  }

  private mutating func failed(_ error: FileError, _ monotonic: UInt64) {
    parts.figures.addFailure()
    if failedAt == nil { parts.log("the event log cannot be written: \(error)") }
    failedAt = monotonic
    parts.figures.set(isFailing: true)
  }

  private mutating func succeeded() {
    guard failedAt != nil else { return }
    failedAt = nil
    parts.figures.set(isFailing: false)
    parts.log("the event log is written again")
  }
}
