import AuctionTypes
import FixedMemory

extension Ledger {
  /// The first bytes of a checkpoint; the last is the form's number.
  private static var mark: UInt64 { 0x01_5444_4C44_4F4E }

  /// Adds the whole durable state, from which ``restore(checkpoint:)`` goes on.
  ///
  /// - Precondition: ``pending`` is empty.
  /// - Complexity: O(state).
  package mutating func checkpoint(into bytes: inout [UInt8]) {
    precondition(pending.isEmpty && undelivered.isEmpty && laterFrames.isEmpty)
    bytes.append(word: Self.mark)
    bytes.append(word: boot)
    bytes.append(word32: horizonSeconds)
    writeNames(into: &bytes)
    writeBalances(into: &bytes)
    writeHeld(into: &bytes)
    settled.write(into: &bytes)
  }

  /// Takes the state of a checkpoint over.
  ///
  /// - Throws: ``LedgerDamage`` where it cannot be read; the ledger is of no use then.
  /// - Precondition: the ledger is empty.
  package mutating func restore(checkpoint: RawSpan) throws(LedgerDamage) {
    precondition(!hasBegun && book.count == 0 && boot == 0)
    var cursor = RecordCursor(end: checkpoint.byteCount)
    guard try cursor.word(checkpoint) == Self.mark else {
      throw LedgerDamage("this is no checkpoint of a ledger")
    }
    boot = try cursor.word(checkpoint)
    horizonSeconds = min(try cursor.word32(checkpoint), LedgerLimits.windowSeconds)
    try restoreNames(&cursor, checkpoint)
    try restoreBalances(&cursor, checkpoint)
    try restoreHeld(&cursor, checkpoint)
    try settled.restore(&cursor, checkpoint)
    guard cursor.isAtEnd else { throw LedgerDamage("a checkpoint is longer than its state") }
    if let problem = verify().first { throw LedgerDamage(problem) }
  }

  // MARK: Names

  private func writeNames(into bytes: inout [UInt8]) {
    bytes.append(word32: UInt32(book.count))
    for (index, name) in book.names.enumerated() {
      let account = AccountID(rawValue: UInt32(index))
      AccountRecord(
        account: account, parent: name.parent, currency: name.currency, time: name.createdAt,
        path: name.path
      ).write(into: &bytes)
      bytes.append(name.budget.total)
      bytes.append(name.budget.daily)
    }
    bytes.append(word32: UInt32(creativeRecords.count))
    for creative in creativeRecords { creative.write(into: &bytes) }
    bytes.append(word32: UInt32(exchangeNames.count))
    for name in exchangeNames { bytes.append(text: name) }
  }

  private mutating func restoreNames(
    _ cursor: inout RecordCursor, _ bytes: RawSpan
  ) throws(LedgerDamage) {
    for _ in 0..<(try cursor.count(bytes, each: 39)) {
      let record = try AccountRecord(&cursor, bytes)
      let total = try cursor.optionalMoney(bytes)
      let budget = BudgetPlan(total: total, daily: try cursor.optionalMoney(bytes))
      guard book.numbers[record.path] == nil else { throw LedgerDamage("a name comes twice") }
      try restore(.account(record))
      book.set(budget, of: record.account)
    }
    for _ in 0..<(try cursor.count(bytes, each: 8)) {
      let record = try CreativeRecord(&cursor, bytes)
      guard creativeNumbers[record.path] == nil else { throw LedgerDamage("a name comes twice") }
      try restore(.creative(record))
    }
    for number in 0..<(try cursor.count(bytes, each: 2)) {
      let name = try cursor.text(bytes)
      guard number < LedgerLimits.exchanges else { throw LedgerDamage("too many exchanges") }
      try restore(
        .exchange(
          ExchangeRecord(exchange: ExchangeID(rawValue: UInt16(number)), name: name)))
    }
  }

  private mutating func restore(_ record: JournalRecord) throws(LedgerDamage) {
    if let problem = apply(record) { throw LedgerDamage(problem) }
  }

  // MARK: Balances

  /// Without what is reserved: after the next start that is escrow of an earlier one.
  private func writeBalances(into bytes: inout [UInt8]) {
    for index in 0..<book.count {
      book.totals[index].write(into: &bytes)
      let days = book.places(index).map { book.days[$0] }.filter { $0.day != nil }
        .sorted { $0.day! < $1.day! }
      bytes.append(byte: UInt8(days.count))
      for day in days {
        bytes.append(half: day.day!.rawValue)
        day.balance.write(into: &bytes)
      }
    }
  }

  private mutating func restoreBalances(
    _ cursor: inout RecordCursor, _ bytes: RawSpan
  ) throws(LedgerDamage) {
    for index in 0..<book.count {
      let total = try Balance(&cursor, bytes)
      var days: [DayBalance] = []
      for _ in 0..<(try cursor.byte(bytes)) {
        let day = try cursor.day(bytes)
        guard days.last.map({ $0.day! < day }) ?? true else {
          throw LedgerDamage("an account's days are not in order")
        }
        days.append(DayBalance(day: day, balance: try Balance(&cursor, bytes)))
      }
      guard book.restore(total, days, of: AccountID(rawValue: UInt32(index))) else {
        throw LedgerDamage("an account's balance is impossible")
      }
    }
  }

  // MARK: Held

  private func writeHeld(into bytes: inout [UInt8]) {
    bytes.append(word32: UInt32(held.pools.count))
    for (boot, pool) in held.pools.sorted(by: { $0.key < $1.key }) {
      bytes.append(word: boot)
      bytes.append(signed: pool.releaseAt.milliseconds)
      bytes.append(word32: UInt32(pool.amounts.count))
      let amounts = pool.amounts.sorted {
        ($0.key.account.rawValue, $0.key.day) < ($1.key.account.rawValue, $1.key.day)
      }
      for (place, amount) in amounts {
        EscrowRecord(account: place.account, day: place.day, amount: Money(nanos: amount))
          .write(into: &bytes)
      }
    }
    let wins = currentWins()
    bytes.append(word32: UInt32(wins.count))
    for (record, isApart) in wins {
      record.write(into: &bytes)
      bytes.append(isApart)
    }
  }

  /// Those of earlier starts, and of this one those that wait for their billing.
  private func currentWins() -> [(WinRecord, Bool)] {
    var wins = held.wins.map { bid, win in
      (
        WinRecord(
          bid: bid, account: win.place.account, day: win.place.day,
          amount: Money(nanos: win.amount), until: win.until), win.isApart
      )
    }
    table.forEachLive { entry in
      guard entry.isWon else { return }
      let bid = BidNumber(boot: boot, worker: entry.worker, sequence: entry.sequence)
      let record = WinRecord(
        bid: bid, account: AccountID(rawValue: entry.account), day: entry.day,
        amount: Money(nanos: entry.amount),
        until: wallTime(atNanoseconds: entry.expiresAt))
      wins.append((record, false))
    }
    wins.sort { isBefore($0.0.bid, $1.0.bid) }
    return Array(wins.prefix(LedgerLimits.heldWins))
  }

  /// The time of a point of the monotonic clock, by what both clocks last showed.
  private func wallTime(atNanoseconds end: UInt64) -> WallTime {
    let ahead = Int64(bitPattern: end &- lastMoment.now.nanoseconds) / 1_000_000
    return WallTime(milliseconds: lastMoment.time.milliseconds &+ ahead)
  }

  private func isBefore(_ left: BidNumber, _ right: BidNumber) -> Bool {
    (left.boot, left.worker, left.sequence) < (right.boot, right.worker, right.sequence)
  }

  private mutating func restoreHeld(
    _ cursor: inout RecordCursor, _ bytes: RawSpan
  ) throws(LedgerDamage) {
    for _ in 0..<(try cursor.count(bytes, each: 20)) {
      let boot = try cursor.word(bytes)
      var pool = HeldEscrow.Pool(releaseAt: try cursor.time(bytes))
      for _ in 0..<(try cursor.count(bytes, each: 14)) {
        let record = try EscrowRecord(&cursor, bytes)
        guard book.isLineItem(record.account) else { throw LedgerDamage("a pool has no account") }
        pool.amounts[HeldEscrow.Place(account: record.account, day: record.day)] =
          record.amount.nanos
      }
      held.pools[boot] = pool
    }
    for _ in 0..<(try cursor.count(bytes, each: 40)) {
      let record = try WinRecord(&cursor, bytes)
      let isApart = try cursor.flag(bytes)
      guard book.isLineItem(record.account), held.wins.count < LedgerLimits.heldWins else {
        throw LedgerDamage("a win has no account")
      }
      held.wins[record.bid] = HeldEscrow.Win(
        place: HeldEscrow.Place(account: record.account, day: record.day),
        amount: record.amount.nanos, until: record.until, isApart: isApart)
    }
  }
}

extension Balance {
  func write(into bytes: inout [UInt8]) {
    for value in [granted, settled, late, held, notices] { bytes.append(signed: value) }
  }

  init(_ cursor: inout RecordCursor, _ bytes: RawSpan) throws(LedgerDamage) {
    self.init(
      granted: try cursor.signed(bytes), settled: try cursor.signed(bytes),
      late: try cursor.signed(bytes), held: try cursor.signed(bytes),
      notices: try cursor.signed(bytes))
  }
}
