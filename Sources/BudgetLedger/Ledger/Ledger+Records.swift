import AuctionTypes

extension Ledger {
  /// What a record changes of what is durable, whether it is made now or read back; nil is well.
  ///
  /// - Parameter reserved: what leaves the reservations with it.
  mutating func apply(_ record: JournalRecord, fromReserved reserved: Int64 = 0) -> String? {
    switch record {
    case .boot(let record): return applyBoot(record)
    case .account(let record): return applyAccount(record)
    case .creative(let record): return applyCreative(record)
    case .exchange(let record): return applyExchange(record)
    case .plan(let record):
      guard record.account.rawValue < UInt32(book.count) else { return "a plan has no account" }
      book.set(record.budget, of: record.account)
      return nil
    case .grant(let record): return applyGrant(record)
    case .returned(let record):
      let change = Balance(granted: -record.amount.nanos, reserved: -reserved)
      return self.change(change, record.account, record.day)
        ? nil : "more is returned than was granted"
    case .booked(let record): return applyBooked(record, fromReserved: reserved)
    case .win(let record): return applyWin(record)
    case .winReleased(let bid): return applyWinReleased(bid)
    case .poolReleased(let boot): return applyPoolReleased(boot)
    case .horizon(let seconds):
      horizonSeconds = max(horizonSeconds, min(seconds, LedgerLimits.windowSeconds))
      return nil
    }
  }

  // MARK: Names

  private mutating func applyAccount(_ record: AccountRecord) -> String? {
    guard Int(record.account.rawValue) < cells.count else { return "there are too many accounts" }
    if let problem = book.open(record) { return problem }
    if lines.count < book.count {
      lines.append(LineItemState())
      gathered.append(GatheredBids())
      paces.append(PaceState())
      capRanges.append(0..<0)
    }
    return nil
  }

  private mutating func applyCreative(_ record: CreativeRecord) -> String? {
    let number = Int(record.creative.rawValue)
    if let known = creativeNumbers[record.path] {
      guard known == record.creative else { return "a creative is numbered twice" }
      creativeRecords[number] = record
      return nil
    }
    guard number == creativeRecords.count, number < LedgerLimits.creatives else {
      return "a creative's number is not the next"
    }
    creativeRecords.append(record)
    creativeNumbers[record.path] = record.creative
    return nil
  }

  private mutating func applyExchange(_ record: ExchangeRecord) -> String? {
    guard exchangeNumbers[record.name] == nil,
      Int(record.exchange.rawValue) == exchangeNames.count,
      exchangeNames.count < LedgerLimits.exchanges
    else { return "an exchange's number is not the next" }
    exchangeNames.append(record.name)
    exchangeNumbers[record.name] = record.exchange
    return nil
  }

  // MARK: Amounts

  private mutating func applyGrant(_ record: EscrowRecord) -> String? {
    guard book.isLineItem(record.account) else { return "a grant is of no line item" }
    guard record.amount.nanos <= book.remaining(of: record.account, on: record.day) else {
      return "a grant exceeds a budget"
    }
    return change(Balance(granted: record.amount.nanos), record.account, record.day)
      ? nil : "a grant does not fit"
  }

  private mutating func applyBooked(
    _ record: BookedRecord, fromReserved reserved: Int64
  ) -> String? {
    let token = record.token
    guard book.isLineItem(token.account) else { return "a booking is of no line item" }
    guard !settled.contains(token.bid) else { return "a bid is booked twice" }
    var change = Balance(reserved: -reserved, notices: 1)
    if record.isLate {
      change.late = record.paid.nanos
    } else {
      change.settled = record.paid.nanos
      change.granted = record.paid.nanos - record.taken.nanos
    }
    if record.isOfHeld {
      guard takeHeld(record) else { return "a booking exceeds what its start left" }
      change.held = -record.taken.nanos
    } else {
      held.wins[token.bid] = held.wins[token.bid]?.isApart == true ? held.wins[token.bid] : nil
    }
    guard self.change(change, token.account, token.day) else {
      return "a booking exceeds its escrow"
    }
    _ = settled.insert(token.bid, madeAt: token.madeAt)
    return nil
  }

  private mutating func takeHeld(_ record: BookedRecord) -> Bool {
    let token = record.token
    if let win = held.wins[token.bid], win.isApart {
      guard win.amount == record.taken.nanos, win.place.account == token.account,
        win.place.day == token.day
      else { return false }
      held.wins[token.bid] = nil
      return true
    }
    return held.take(
      record.taken.nanos, token.bid.boot,
      HeldEscrow.Place(account: token.account, day: token.day))
  }

  // MARK: Starts

  /// What the start before left in escrow is held from here on.
  private mutating func applyBoot(_ record: BootRecord) -> String? {
    guard record.boot != 0, record.boot != boot, held.pools[record.boot] == nil else {
      return "a start comes twice"
    }
    if boot != 0 { endBoot(at: record.time) }
    boot = record.boot
    horizonSeconds = min(record.horizonSeconds, LedgerLimits.windowSeconds)
    return nil
  }

  private mutating func endBoot(at time: WallTime) {
    var amounts: [HeldEscrow.Place: Int64] = [:]
    for index in 0..<book.count where book.names[index].parent != nil {
      let account = AccountID(rawValue: UInt32(index))
      for place in book.places(index) {
        guard let day = book.days[place].day else { continue }
        let balance = book.days[place].balance
        let left = balance.escrow - balance.held
        if left > 0, change(Balance(held: left), account, day) {
          amounts[HeldEscrow.Place(account: account, day: day)] = left
        }
      }
    }
    let releaseAt = time.milliseconds &+ Int64(horizonSeconds) * 1_000
    if !amounts.isEmpty {
      held.pools[boot] = HeldEscrow.Pool(
        releaseAt: WallTime(milliseconds: releaseAt), amounts: amounts)
    }
    for bid in held.wins.filter({ !$0.value.isApart }).keys.sorted(by: Self.isBefore) {
      // What had passed before went back to its cell, and may be out with another bid.
      if let win = held.wins[bid], win.until >= time { held.setApart(bid) }
      if held.wins[bid]?.isApart == false { held.wins[bid] = nil }
    }
  }

  private static func isBefore(_ left: BidNumber, _ right: BidNumber) -> Bool {
    (left.boot, left.worker, left.sequence) < (right.boot, right.worker, right.sequence)
  }

  private mutating func applyWin(_ record: WinRecord) -> String? {
    guard book.isLineItem(record.account) else { return "a win is of no line item" }
    let isOwn = record.bid.boot == boot
    guard !(isOwn && hasBegun), held.wins.count < LedgerLimits.heldWins else { return nil }
    guard held.wins[record.bid] == nil else { return nil }
    held.wins[record.bid] = HeldEscrow.Win(
      place: HeldEscrow.Place(account: record.account, day: record.day),
      amount: record.amount.nanos, until: record.until, isApart: false)
    if !isOwn {
      held.setApart(record.bid)
      if held.wins[record.bid]?.isApart == false { held.wins[record.bid] = nil }
    }
    return nil
  }

  private mutating func applyWinReleased(_ bid: BidNumber) -> String? {
    guard let win = held.wins[bid], win.isApart else { return "a win is released twice" }
    held.wins[bid] = nil
    return change(
      Balance(granted: -win.amount, held: -win.amount), win.place.account, win.place.day)
      ? nil : "more is released than is held"
  }

  private mutating func applyPoolReleased(_ boot: UInt64) -> String? {
    guard let pool = held.pools.removeValue(forKey: boot) else { return "a pool is released twice" }
    for (place, amount) in pool.amounts
    where !change(Balance(granted: -amount, held: -amount), place.account, place.day) {
      return "more is released than is held"
    }
    return nil
  }
}
