import AuctionTypes

extension Ledger {
  /// Takes in a bid that took its amount from the escrow.
  ///
  /// - Precondition: the bid is of this start and comes once.
  package mutating func reserve(_ reservation: Reservation) {
    gather(reservation)
    postGathered()
  }

  /// As ``reserve(_:)``, for one of many: ``postGathered()`` follows before anything else is asked
  /// of the ledger. A balance then changes once for all bids of a line item.
  ///
  /// - Precondition: the bid is of this start and comes once.
  package mutating func gather(_ reservation: Reservation) {
    precondition(hasBegun && reservation.bid.boot == boot, "a bid is of another start")
    let window = min(reservation.windowSeconds, LedgerLimits.windowSeconds)
    if window > horizonSeconds { post(.horizon(window)) }
    let isTracked = table.insert(ReservationEntry(reservation))
    let index = Int(reservation.account.rawValue)
    if gathered[index].bids > 0 && gathered[index].day != reservation.day { post(gathered: index) }
    if gathered[index].bids == 0 {
      gathered[index] = GatheredBids(day: reservation.day)
      gatheredAccounts.append(reservation.account)
    }
    gathered[index].add(reservation, isTracked: isTracked)
    showWhetherFull()
  }

  /// Puts into the balances what ``gather(_:)`` took in.
  ///
  /// - Complexity: O(line items whose bids were gathered).
  package mutating func postGathered() {
    for account in gatheredAccounts { post(gathered: Int(account.rawValue)) }
    gatheredAccounts.removeAll(keepingCapacity: true)
  }

  /// Puts a line item's gathered bids into its balance and its campaign's.
  private mutating func post(gathered index: Int) {
    let bids = gathered[index]
    guard bids.bids > 0 else { return }
    gathered[index].bids = 0
    figures.add(.reservations, bids.bids)
    figures.add(.untracked, bids.untracked)
    lines[index].taken &+= bids.taken
    lines[index].activeAt = max(lines[index].activeAt, bids.latest)
    let change = Balance(reserved: bids.reserved)
    guard self.change(change, AccountID(rawValue: UInt32(index)), bids.day) else {
      preconditionFailure("a bid reserved more than was granted")
    }
  }

  /// Ends the reservations whose window has passed, and forgets those that are kept long enough.
  mutating func expire(at now: Instant) {
    for _ in 0..<LedgerLimits.expiriesPerTurn {
      guard let place = table.due(at: now) else { break }
      if table[place].state == .live {
        expire(place)
      } else {
        table.remove(place)
      }
    }
    showWhetherFull()
  }

  /// Ends a live reservation; it is kept for one more window, so that a late booking finds it.
  mutating func expire(_ place: Int) {
    let entry = table[place]
    learn(entry, paid: 0, after: Double(entry.windowNanoseconds) / 1e6)
    figures.add(.expiries)
    giveBack(entry)
    table.resolve(
      place, as: .expired, keptUntil: entry.expiresAt &+ max(1, entry.windowNanoseconds))
  }

  /// Gives a live reservation's amount back: into its cell while that is of its day and may bid,
  /// else to the budgets.
  mutating func giveBack(_ entry: ReservationEntry) {
    let account = AccountID(rawValue: entry.account)
    let amount = Money(nanos: entry.amount)
    releaseCaps(entry)
    let goesBack =
      isOpen(account) && book.remaining(of: account, on: entry.day) >= 0
      && cells.give(amount, account: account, day: entry.day)
    if goesBack {
      let isPossible = change(Balance(reserved: -entry.amount), account, entry.day)
      precondition(isPossible, "more is given back than was reserved")
    } else {
      post(
        .returned(EscrowRecord(account: account, day: entry.day, amount: amount)),
        fromReserved: entry.amount)
    }
  }

  /// Lets the pace know what a reservation came to.
  mutating func learn(_ entry: ReservationEntry, paid: Int64, after milliseconds: Double) {
    let index = Int(entry.account)
    paces[index].learn(paid: paid, of: entry.amount, after: milliseconds)
    if let parent = book.names[index].parent {
      paces[Int(parent.rawValue)].learn(paid: paid, of: entry.amount, after: milliseconds)
    }
  }

  /// Workers stop bidding while only what may be on its way still fits the table.
  mutating func showWhetherFull() {
    let most = mostLive
    let isFullNow = isFull ? table.liveCount >= most - most / 64 : table.liveCount >= most
    if isFullNow != isFull {
      isFull = isFullNow
      cells.set(isFull: isFullNow)
    }
  }

  // MARK: Frequency caps

  private func releaseCaps(_ entry: ReservationEntry) {
    guard entry.capUser != 0 else { return }
    forEachCap(of: AccountID(rawValue: entry.account)) { rule, account in
      caps.release(rule, account: account, user: entry.capUser, madeAt: entry.time)
    }
  }

  func bookCaps(_ entry: ReservationEntry, wasReserved: Bool) {
    guard entry.capUser != 0 else { return }
    forEachCap(of: AccountID(rawValue: entry.account)) { rule, account in
      caps.book(
        rule, account: account, user: entry.capUser, madeAt: entry.time, wasReserved: wasReserved)
    }
  }

  private func forEachCap(of account: AccountID, _ body: (CapRule, AccountID) -> Void) {
    for place in capRanges[Int(account.rawValue)] { body(capRules[place], account) }
    guard let parent = book.names[Int(account.rawValue)].parent else { return }
    for place in capRanges[Int(parent.rawValue)] { body(capRules[place], parent) }
  }
}
