import AuctionTypes

extension Ledger {
  /// Does what is due: expires, rolls days, grants where cells ran low or line items wait, takes
  /// idle escrow back, releases what earlier starts held. Called every 10 ms and after notices.
  ///
  /// - Complexity: O(accounts / 64 + cells that called + line items that wait), bounded a turn by
  ///   ``LedgerLimits/looksPerTurn``; O(line items) where a day or flight begins or ends.
  package mutating func tick(time: WallTime, now: Instant) {
    precondition(hasBegun)
    let moment = Moment(time: time, now: now)
    lastMoment = moment
    expire(at: now)
    guard !isFinished else { return }
    crossBoundaries(moment)
    var looks = LedgerLimits.looksPerTurn
    refillWaiting(moment, &looks)
    refillCalling(moment, &looks)
    releaseIdle(moment)
    if now >= nextHousekeeping { keepHouse(moment) }
  }

  // MARK: Cells that need a look

  private mutating func refillWaiting(_ moment: Moment, _ looks: inout Int) {
    let count = min(waiting.count, looks / 2)
    let due = waiting.prefix(count)
    waiting.removeFirst(count)
    for account in due {
      lines[Int(account.rawValue)].isWaiting = false
      refill(account, moment)
    }
    looks -= count
  }

  private mutating func refillCalling(_ moment: Moment, _ looks: inout Int) {
    let groups = (book.count + 63) / 64
    for _ in 0..<groups where looks > 0 {
      if groupCursor >= groups { groupCursor = 0 }
      var calling = cells.takeAttention(ofGroup: groupCursor)
      while calling != 0 {
        let index = groupCursor * 64 + calling.trailingZeroBitCount
        calling &= calling - 1
        guard index < book.count, book.names[index].parent != nil else { continue }
        refill(AccountID(rawValue: UInt32(index)), moment)
        looks -= 1
      }
      groupCursor += 1
    }
  }

  /// Looks at a few line items in turn whose bids have ceased, and takes back what their cells hold
  /// beyond a few bids.
  private mutating func releaseIdle(_ moment: Moment) {
    let count = min(lines.count, max(1, lines.count / 256))
    for _ in 0..<count {
      if idleCursor >= lines.count { idleCursor = 0 }
      let account = AccountID(rawValue: UInt32(idleCursor))
      idleCursor += 1
      guard isIdle(account, for: 2_000, at: moment.now), isOpen(account) else { continue }
      let index = Int(account.rawValue)
      lines[index].rate = 0
      lines[index].target = leastTarget(of: account)
      let surplus = cells.amount(of: account).nanos - lines[index].target
      if surplus > 0 { withdraw(Money(nanos: surplus), account) }
    }
  }

  /// Whether nothing was taken from or given to a cell for so many milliseconds.
  func isIdle(_ account: AccountID, for milliseconds: UInt64, at now: Instant) -> Bool {
    let line = lines[Int(account.rawValue)]
    return line.undelivered == 0
      && max(line.activeAt, line.grantedAt).advanced(milliseconds: milliseconds) < now
  }

  /// Takes at most an amount out of a cell back to the budgets.
  mutating func withdraw(_ amount: Money, _ account: AccountID) {
    let day = cells.day(of: account)
    putBack(cells.withdraw(atMost: amount, account: account), account, day)
  }

  // MARK: Housekeeping

  private mutating func keepHouse(_ moment: Moment) {
    nextHousekeeping = moment.now.advanced(milliseconds: 250)
    while let boot = held.poolDue(at: moment.time) { post(.poolReleased(boot: boot)) }
    let passed = held.wins.filter { $0.value.until < moment.time }.keys
    for bid in passed { post(.winReleased(bid)) }
    if moment.now >= nextForgetting {
      nextForgetting = moment.now.advanced(milliseconds: 60_000)
      // An hour more than the retention, since a notice may wait on its way here.
      let kept = settings.retentionMilliseconds &+ 3_600_000
      settled.forget(
        madeBefore: WallTime(milliseconds: moment.time.milliseconds &- kept))
    }
  }
}
