import AuctionTypes

extension Ledger {
  /// What one refill has to decide with, in nano-units.
  private struct Need {
    /// In the cell, or on its way there.
    var there: Int64
    var target: Int64
    /// What makes the next bid possible; zero where it is.
    var least: Int64
    /// What is worth a record.
    var useful: Int64
  }

  /// Brings a line item's cell to its target as far as budgets and pace allow.
  ///
  /// - Complexity: O(1), or O(``LedgerLimits/siblingsPerTurn``) where the budget has run out.
  mutating func refill(_ account: AccountID, _ moment: Moment) {
    noteDemand(account, moment.now)
    guard isOpen(account) else {
      cells.set(.exhausted, lowMark: .zero, account: account)
      return
    }
    let need = need(of: account)
    guard need.there < need.target / 2 || need.least > 0 else {
      show(.open, need, account)
      return
    }
    let room = paceRoom(of: account, at: moment.time)
    if room < need.useful { return wait(account, need, .paced) }
    let amount = grantable(need, account, room: room)
    guard amount >= need.useful else { return refillScarce(account, need, room, moment) }
    guard room == .max || isGrantDue(account, moment.now) else {
      return wait(account, need, .open)
    }
    grant(amount, account, moment.now)
    show(.open, need, account)
  }

  /// Gives a line item whose budgets do not suffice what idle siblings hold, or the rest where
  /// nobody else could use it, or makes it wait.
  private mutating func refillScarce(
    _ account: AccountID, _ need: Need, _ room: Int64, _ moment: Moment
  ) {
    let day = cells.day(of: account)
    var amount: Int64 = 0
    if need.least > 0, reclaim(need.least, for: account, moment) {
      amount = min(need.least, book.remaining(of: account, on: day))
    } else if isAlone(account), lines[Int(account.rawValue)].shortfall == 0 {
      amount = book.remaining(of: account, on: day)
    }
    amount = min(amount, room, LedgerLimits.escrowNanos / 2 - need.there)
    guard amount > 0 else { return wait(account, need, need.least > 0 ? .exhausted : .open) }
    grant(amount, account, moment.now)
    show(.open, need, account)
  }

  /// What a cell may be given: towards its target, but no more than half of what is left, at least
  /// what is worth a record, never more than what is left and the pace allows.
  private func grantable(_ need: Need, _ account: AccountID, room: Int64) -> Int64 {
    let remaining = book.remaining(of: account, on: cells.day(of: account))
    let most = min(remaining, room, LedgerLimits.escrowNanos / 2 - need.there)
    return min(max(min(need.target - need.there, remaining / 2), need.useful), most)
  }

  /// Moves an amount from the four budgets towards a line item's cell.
  private mutating func grant(_ amount: Int64, _ account: AccountID, _ now: Instant) {
    let index = Int(account.rawValue)
    let day = cells.day(of: account)
    post(.grant(EscrowRecord(account: account, day: day, amount: Money(nanos: amount))))
    undelivered.append(
      UndeliveredGrant(
        account: account, day: day, amount: Money(nanos: amount), frame: frameOfLastRecord,
        epoch: lines[index].grantEpoch))
    lines[index].undelivered += amount
    lines[index].grantedAt = now
    lines[index].wasGranted = true
    figures.add(.grants)
  }

  private mutating func wait(_ account: AccountID, _ need: Need, _ state: EscrowCells.State) {
    show(state, need, account)
    guard !lines[Int(account.rawValue)].isWaiting else { return }
    lines[Int(account.rawValue)].isWaiting = true
    waiting.append(account)
  }

  private func show(_ state: EscrowCells.State, _ need: Need, _ account: AccountID) {
    cells.set(state, lowMark: Money(nanos: need.target / 2), account: account)
  }

  // MARK: Demand

  /// Learns how much bids take, and which did not find enough.
  private mutating func noteDemand(_ account: AccountID, _ now: Instant) {
    let index = Int(account.rawValue)
    let shortfall = cells.takeShortfall(of: account).nanos
    if shortfall > 0 {
      lines[index].shortfall = shortfall
      lines[index].shortAt = now
    } else if lines[index].shortAt.advanced(milliseconds: 1_000) < now {
      lines[index].shortfall = 0
    }
    let elapsed = max(lines[index].lookedAt, now).nanoseconds - lines[index].lookedAt.nanoseconds
    guard elapsed >= 5_000_000 else { return }
    let seconds = Double(elapsed) / 1e9
    let taken = Double(lines[index].taken) / seconds
    lines[index].rate += (taken - lines[index].rate) * seconds / (seconds + 0.25)
    if shortfall > 0 { lines[index].rate = max(lines[index].rate, taken) }
    lines[index].taken = 0
    lines[index].lookedAt = now
    setTarget(of: account, isShort: shortfall > 0)
  }

  /// Half a second of demand; doubled while grants are used up before the next look.
  private mutating func setTarget(of account: AccountID, isShort: Bool) {
    let index = Int(account.rawValue)
    let most = LedgerLimits.escrowNanos / 2
    let demand = Int64(min(lines[index].rate / 2, Double(most)))
    var target = max(demand, leastTarget(of: account))
    if isShort, lines[index].wasGranted {
      target = max(target, 2 * lines[index].target)
    } else {
      target = max(target, lines[index].target - lines[index].target / 8)
    }
    lines[index].wasGranted = false
    lines[index].target = min(target, most)
  }

  /// However few bids came: what a burst of them takes before the next look. Line items that share
  /// what is left get an eighth of it together, and a few bids each in any case.
  func leastTarget(of account: AccountID) -> Int64 {
    let line = lines[Int(account.rawValue)]
    let most = LedgerLimits.escrowNanos / 2
    let bid = min(line.largestBid, most / LedgerLimits.burstBids)
    let few = max(4 * bid, min(line.shortfall, most))
    guard let campaign = line.campaign else { return min(most, few) }
    let left = book.remaining(of: account, on: cells.day(of: account))
    let share = isAlone(account) ? left : left / Int64(8 * max(1, campaigns[campaign].openCount))
    return min(most, max(few, min(LedgerLimits.burstBids * bid, share)))
  }

  private mutating func need(of account: AccountID) -> Need {
    let index = Int(account.rawValue)
    let there = cells.amount(of: account).nanos + lines[index].undelivered
    if there >= lines[index].shortfall { lines[index].shortfall = 0 }
    lines[index].target = max(lines[index].target, leastTarget(of: account))
    let largest = max(1, lines[index].largestBid)
    let bid = lines[index].shortfall > 0 ? lines[index].shortfall : largest
    let least = max(0, bid - there)
    let target = max(lines[index].target, there)
    let useful = max(1, least, min(largest, target - there))
    return Need(
      there: there, target: target, least: least, useful: least > 0 ? least : useful)
  }

  // MARK: Siblings

  private func isAlone(_ account: AccountID) -> Bool {
    guard let campaign = lines[Int(account.rawValue)].campaign else { return false }
    return campaigns[campaign].openCount <= 1
  }

  /// Takes idle escrow of a campaign's other line items back, so that a bid that was refused finds
  /// enough; false, and nothing changes, where they do not hold enough.
  private mutating func reclaim(
    _ least: Int64, for account: AccountID, _ moment: Moment
  ) -> Bool {
    let line = lines[Int(account.rawValue)]
    guard line.shortfall > 0, let campaign = line.campaign,
      moment.now >= campaigns[campaign].nextReclaim
    else { return false }
    let day = cells.day(of: account)
    guard book.remainingAlone(of: account, on: day) >= least else { return false }
    var missing =
      least - book.remainingAlone(of: campaigns[campaign].account, on: day)
    let siblings = siblings(of: account, campaign)
    let surplus = siblings.reduce(0) { $0 + self.surplus(of: $1, moment.now) }
    guard missing > 0, surplus >= missing else {
      campaigns[campaign].nextReclaim = moment.now.advanced(milliseconds: 50)
      return false
    }
    for sibling in siblings where missing > 0 {
      let part = min(missing, self.surplus(of: sibling, moment.now))
      withdraw(Money(nanos: part), sibling)
      missing -= part
    }
    return true
  }

  /// A part of a campaign's other line items, another at each call where they are many.
  private mutating func siblings(of account: AccountID, _ campaign: Int) -> [AccountID] {
    let all = campaigns[campaign].lineItems
    let count = min(all.count, LedgerLimits.siblingsPerTurn)
    let start = campaigns[campaign].reclaimCursor
    campaigns[campaign].reclaimCursor = (start + count) % max(1, all.count)
    return (0..<count).map { all[(start + $0) % all.count] }.filter { $0 != account }
  }

  /// What a line item can spare: all when its bids have ceased, else what exceeds the next ones.
  private func surplus(of account: AccountID, _ now: Instant) -> Int64 {
    let there = cells.amount(of: account).nanos
    if isIdle(account, for: 500, at: now) { return there }
    let line = lines[Int(account.rawValue)]
    let next = max(Double(line.largestBid), line.rate / 10)
    return max(0, there - Int64(min(next, Double(LedgerLimits.escrowNanos))))
  }
}
