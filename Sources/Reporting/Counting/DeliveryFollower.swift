import AuctionTypes
import BudgetLedger
import ControlStore
import GRDB
import Journal

/// Follows the event log step by step and adds what it reads to the tables, each event once: the
/// place in the log is kept in the transaction that counts what was read up to it.
package struct DeliveryFollower: ~Copyable {
  /// What it reads and writes.
  package struct Parts: Sendable {
    /// `DATA_DIR/events`.
    package var disk: any JournalDisk
    package var database: ControlDatabase
    /// Until when everything is durable, and then how far: read in this order.
    package var durable: @Sendable () -> (time: WallTime, end: JournalPosition)
    package var names: @Sendable () -> LedgerNames
    package var matched: @Sendable () -> [MatchedCount]
    /// How long notices of a bid count.
    package var retentionMilliseconds: Int64
    package var status: DeliveryStatus
    /// Told of what went wrong, in words, once each time.
    package var log: @Sendable (String) -> Void

    package init(
      disk: any JournalDisk, database: ControlDatabase,
      durable: @escaping @Sendable () -> (time: WallTime, end: JournalPosition),
      names: @escaping @Sendable () -> LedgerNames,
      matched: @escaping @Sendable () -> [MatchedCount], retentionMilliseconds: Int64,
      status: DeliveryStatus, log: @escaping @Sendable (String) -> Void
    ) {
      self.disk = disk
      self.database = database
      self.durable = durable
      self.names = names
      self.matched = matched
      self.retentionMilliseconds = retentionMilliseconds
      self.status = status
      self.log = log
    }
  }

  private let parts: Parts
  private var follower: EventFollower
  /// Of the last transaction.
  private var kept: DeliveryStore.Place
  /// Lost before the follower was made.
  private var lostBefore: EventFollower.Losses
  private var names = LedgerNames()
  private var growth = MatchedGrowth()
  /// Grown and not yet in a transaction.
  private var matched: [MatchedCount] = []
  private var failedAt: UInt64?
  private var matchedAt: UInt64?
  private var tidiedAt: UInt64?

  /// Goes on where the last transaction ended.
  ///
  /// Throws SQLite's errors.
  package init(_ parts: Parts) throws {
    self.parts = parts
    kept = try Self.place(in: parts.database)
    follower = EventFollower(parts.disk, after: kept.place)
    let losses = kept.losses
    lostBefore = losses
    parts.status.update { $0.losses = losses }
  }

  /// How far a database has come: for the event log, which needs to know at its start.
  package static func known(in database: ControlDatabase) throws -> EventPlace {
    try place(in: database).place
  }

  /// Counts what there is to count at a moment, some 50,000 events at most; whether there may be
  /// more.
  ///
  /// - Parameter monotonic: nanoseconds of the monotonic clock.
  package mutating func step(now: WallTime, monotonic: UInt64) -> Bool {
    if failedAt != nil, !isDue(failedAt, ReportLimits.retryMilliseconds, monotonic) {
      return false
    }
    do {
      if failedAt != nil { try resume() }
      let hasMore = try follow(now, monotonic)
      if !hasMore { try tidy(now, monotonic) }
      succeeded()
      return hasMore
    } catch {
      failed(error, monotonic)
      return false
    }
  }

  /// Writes what was matched since the last look; for the end.
  package mutating func finish(now: WallTime) {
    matchedAt = nil
    _ = step(now: now, monotonic: .max)
  }

  private mutating func follow(_ now: WallTime, _ monotonic: UInt64) throws -> Bool {
    let (time, end) = parts.durable()
    var batch = DeliveryBatch()
    let hasRead = try follower.next(upTo: end) { batch.add($0) }
    takeMatched(monotonic)
    let current = parts.names()
    if follower.place != kept.place || current != names || !matched.isEmpty {
      try commit(batch, current, hasRead ? kept.completeUntil : time, now)
    }
    if !hasRead, time.milliseconds > 0 {
      let settled = WallTime(milliseconds: time.milliseconds - ReportLimits.settlingMilliseconds)
      parts.status.update { $0.completeUntil = max($0.completeUntil ?? settled, settled) }
    }
    return hasRead
  }

  private mutating func takeMatched(_ monotonic: UInt64) {
    // What could not be stored waits in the counters, not here: it stays as much as one look sees.
    guard matched.isEmpty, isDue(matchedAt, ReportLimits.matchedMilliseconds, monotonic) else {
      return
    }
    matchedAt = monotonic
    matched = growth.take(parts.matched())
  }

  private mutating func commit(
    _ batch: DeliveryBatch, _ current: LedgerNames, _ time: WallTime, _ now: WallTime
  ) throws {
    var next = kept
    next.place = follower.place
    next.losses = losses
    next.completeUntil = max(
      kept.completeUntil,
      WallTime(milliseconds: time.milliseconds - ReportLimits.settlingMilliseconds))
    let (place, before, matched) = (next, names, matched)
    try parts.database.pool.write { db in
      let store = DeliveryStore(db: db)
      try store.add(batch)
      try store.add(matched, hour: DeliveryKey.hour(of: now))
      if current != before { try store.set(current, before: before) }
      try store.set(place)
    }
    kept = next
    names = current
    self.matched = []
    parts.status.update {
      $0.events += UInt64(batch.events)
      $0.losses = place.losses
    }
  }

  /// All that was ever lost.
  private var losses: EventFollower.Losses {
    var losses = lostBefore
    losses.files += follower.losses.files
    losses.damagedBytes += follower.losses.damagedBytes
    losses.dropped &+= follower.losses.dropped
    return losses
  }

  // MARK: Upkeep

  /// Folds old hours and forgets bids whose notices count no more.
  private mutating func tidy(_ now: WallTime, _ monotonic: UInt64) throws {
    guard isDue(tidiedAt, ReportLimits.upkeepMilliseconds, monotonic) else { return }
    let today = DeliveryKey.hour(of: now) / 24
    let oldest = LocalDay(rawValue: UInt16(clamping: today - Int64(ReportLimits.hourlyDays)))
    let pool = parts.database.pool
    while let day = try pool.read({ try DeliveryStore(db: $0).dayToFold(before: oldest) }) {
      try pool.write { try DeliveryStore(db: $0).fold(day) }
    }
    // A notice may be of a bid as old as this, and a bid is marked a little later than it is made.
    let forgotten = now.milliseconds - parts.retentionMilliseconds - 86_400_000
    try parts.database.pool.write {
      try SeenBids.forget(
        before: WallTime(milliseconds: forgotten), keeping: ReportLimits.seenChunks, in: $0)
    }
    tidiedAt = monotonic
  }

  // MARK: Failures

  /// Goes back to what the last transaction holds: what was read since is read once more.
  private mutating func resume() throws {
    kept = try Self.place(in: parts.database)
    lostBefore = kept.losses
    follower = EventFollower(parts.disk, after: kept.place)
    names = LedgerNames()
  }

  private mutating func failed(_ error: any Error, _ monotonic: UInt64) {
    if failedAt == nil { parts.log("reports fall behind: \(error)") }
    failedAt = monotonic
    parts.status.update { $0.failures += 1 }
  }

  private mutating func succeeded() {
    guard failedAt != nil else { return }
    failedAt = nil
    parts.log("reports follow again")
  }

  private func isDue(_ last: UInt64?, _ milliseconds: UInt64, _ monotonic: UInt64) -> Bool {
    guard let last else { return true }
    return monotonic &- last >= milliseconds * 1_000_000
  }

  private static func place(in database: ControlDatabase) throws -> DeliveryStore.Place {
    try database.pool.read { try DeliveryStore(db: $0).place() }
  }
}
