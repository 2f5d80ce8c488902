import AuctionTypes
import BudgetLedger
import GRDB
import Journal

/// The tables of what was delivered, as the follower of the event log writes them.
struct DeliveryStore {
  /// How far the log was followed and what was lost on the way.
  struct Place: Equatable, Sendable {
    var place = EventPlace.start
    /// All events before are counted.
    var completeUntil = WallTime(milliseconds: 0)
    var losses = EventFollower.Losses()
  }

  let db: Database

  // MARK: The place

  /// The place of the last transaction.
  func place() throws -> Place {
    let row = try Row.fetchOne(db, sql: "SELECT * FROM delivery_place")
    guard let row else { return Place() }
    var place = Place()
    place.place = EventPlace(
      file: JournalPosition(word: UInt64(bitPattern: row["file"] as Int64)),
      journal: JournalPosition(word: UInt64(bitPattern: row["journal"] as Int64)))
    place.completeUntil = WallTime(milliseconds: row["complete_until"])
    place.losses.files = row["lost_files"]
    place.losses.damagedBytes = row["damaged_bytes"]
    place.losses.dropped = UInt64(bitPattern: row["dropped_events"] as Int64)
    return place
  }

  func set(_ place: Place) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO delivery_place VALUES (1, ?, ?, ?, ?, ?, ?)",
      arguments: [
        Int64(bitPattern: place.place.file.word), Int64(bitPattern: place.place.journal.word),
        place.completeUntil.milliseconds, place.losses.files, place.losses.damagedBytes,
        Int64(bitPattern: place.losses.dropped),
      ])
  }

  // MARK: Counts

  /// Adds events; each that was seen before counts nothing.
  ///
  /// - Complexity: O(events).
  func add(_ batch: DeliveryBatch) throws {
    var batch = batch
    var seen = SeenBids(db)
    try batch.settle(&seen)
    try seen.save()
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (day, account, hour, creative, exchange, size) DO UPDATE SET
          bids = bids + excluded.bids, wins = wins + excluded.wins,
          impressions = impressions + excluded.impressions, clicks = clicks + excluded.clicks,
          pixels = pixels + excluded.pixels, losses = losses + excluded.losses,
          spend_nanos = spend_nanos + excluded.spend_nanos,
          late_nanos = late_nanos + excluded.late_nanos
        """)
    for (key, counts) in batch.counts {
      try statement.execute(arguments: [
        Int64(key.day.rawValue), Int64(key.account.rawValue), key.hour,
        Int64(key.creative.rawValue), Int64(key.exchange.rawValue), key.size.packed,
        counts.bids, counts.wins, counts.impressions, counts.clicks, counts.pixels,
        counts.losses, counts.spendNanos, counts.lateNanos,
      ])
    }
  }

  /// Adds requests that line items matched within an hour.
  func add(_ matched: [MatchedCount], hour: Int64) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO delivery_matched VALUES (?, ?, ?, ?)
        ON CONFLICT (day, account, hour) DO UPDATE SET requests = requests + excluded.requests
        """)
    for count in matched where count.requests > 0 {
      try statement.execute(arguments: [
        Int64(count.day.rawValue), Int64(count.account.rawValue), hour,
        Int64(clamping: count.requests),
      ])
    }
  }

  // MARK: Names

  /// Writes the names that differ from those written before.
  func set(_ names: LedgerNames, before: LedgerNames) throws {
    for (number, account) in names.accounts.enumerated()
    where number >= before.accounts.count || before.accounts[number] != account {
      try set(account, number)
    }
    for (number, path) in names.creatives.enumerated()
    where number >= before.creatives.count || before.creatives[number] != path {
      let parts = path.split(separator: "/", maxSplits: 1)
      try db.execute(
        sql: "INSERT OR REPLACE INTO delivery_creatives VALUES (?, ?, ?)",
        arguments: [number, String(parts.first ?? ""), String(parts.dropFirst().first ?? "")])
    }
    for (number, name) in names.exchanges.enumerated()
    where number >= before.exchanges.count || before.exchanges[number] != name {
      try db.execute(
        sql: "INSERT OR REPLACE INTO delivery_exchanges VALUES (?, ?)", arguments: [number, name])
    }
  }

  private func set(_ account: LedgerNames.Account, _ number: Int) throws {
    let parts = account.path.split(separator: "/", maxSplits: 2).map(String.init)
    try db.execute(
      sql: "INSERT OR REPLACE INTO delivery_accounts VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        number, parts.first ?? "", parts.count > 1 ? parts[1] : "",
        parts.count > 2 ? parts[2] : nil, "\(account.currency)", account.createdAt.milliseconds,
      ])
  }
}

extension DeliveryStore {
  /// A day before another that has hours left; nil where there is none.
  ///
  /// - Complexity: O(rows of the days before), so it is asked outside of any write.
  func dayToFold(before day: LocalDay) throws -> LocalDay? {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT day FROM delivery WHERE day < ?1 AND hour <> day * 24
        UNION ALL SELECT day FROM delivery_matched WHERE day < ?1 AND hour <> day * 24 LIMIT 1
        """, arguments: [Int64(day.rawValue)]
    ).map { LocalDay(rawValue: UInt16(clamping: $0)) }
  }

  /// Folds the hours of a day into its midnight, all sums kept.
  func fold(_ day: LocalDay) throws {
    try db.execute(
      sql: """
        CREATE TEMP TABLE folded AS SELECT day, account, day * 24, creative, exchange, size,
          sum(bids), sum(wins), sum(impressions), sum(clicks), sum(pixels), sum(losses),
          sum(spend_nanos), sum(late_nanos)
          FROM delivery WHERE day = ?1 GROUP BY account, creative, exchange, size;
        DELETE FROM delivery WHERE day = ?1;
        INSERT INTO delivery SELECT * FROM folded;
        DROP TABLE folded;
        CREATE TEMP TABLE folded AS SELECT day, account, day * 24, sum(requests)
          FROM delivery_matched WHERE day = ?1 GROUP BY account;
        DELETE FROM delivery_matched WHERE day = ?1;
        INSERT INTO delivery_matched SELECT * FROM folded;
        DROP TABLE folded;
        """.replacing("?1", with: "\(day.rawValue)"))
  }
}

extension Size {
  /// Both sides in one number.
  var packed: Int64 { Int64(width) << 16 | Int64(height) }

  /// The size of such a number.
  init(packed: Int64) {
    self.init(
      width: UInt16(truncatingIfNeeded: packed >> 16), height: UInt16(truncatingIfNeeded: packed))
  }
}
