import AuctionTypes

extension Ledger {
  /// Applies a notice whose tag is ours, and says what became of it. `booked` and `late` are true
  /// only once ``pending`` is durable.
  package mutating func apply(_ notice: Notice, now: Instant) -> NoticeResult {
    precondition(hasBegun)
    let result = resolve(notice, now)
    figures.add(notice.kind, result)
    return result
  }

  private mutating func resolve(_ notice: Notice, _ now: Instant) -> NoticeResult {
    let token = notice.token
    guard book.isLineItem(token.account) else { return .counted }
    let place = token.bid.boot == boot ? table.place(of: token.bid) : nil
    if let place, table[place].state == .live, table[place].expiresAt < now.nanoseconds {
      expire(place)
    }
    if notice.books { return book(notice, place, now) }
    switch notice.kind {
    case .win: return win(notice, place, now)
    case .loss: return lose(place, now)
    case .billing, .click, .pixel: return .counted
    }
  }

  // MARK: Booking

  private mutating func book(
    _ notice: Notice, _ place: Int?, _ now: Instant
  ) -> NoticeResult {
    let token = notice.token
    let most = token.reserved ?? notice.paid
    let paid = max(.zero, min(notice.paid, most))
    if settled.contains(token.bid) {
      if notice.problem == .none, let place, table[place].state == .settled,
        table[place].amount != paid.nanos
      {
        figures.add(.changed)
      }
      return .duplicate
    }
    if token.madeAt <= settled.forgottenUntil { return .expired }
    if notice.problem != .none { figures.add(notice.problem) }
    if let place, table[place].state == .live {
      settle(notice, min(paid, Money(nanos: table[place].amount)), place, now)
      return .booked
    }
    if token.bid.boot != boot, held.holds(token, amount: most.nanos, at: notice.time) {
      post(.booked(record(notice, paid: paid, taken: most, isOfHeld: true)))
      return .booked
    }
    bookLate(notice, paid, place)
    return .late
  }

  private mutating func settle(
    _ notice: Notice, _ paid: Money, _ place: Int, _ now: Instant
  ) {
    let entry = table[place]
    let began = entry.expiresAt &- entry.windowNanoseconds
    learn(entry, paid: paid.nanos, after: Double(max(now.nanoseconds, began) &- began) / 1e6)
    bookCaps(entry, wasReserved: true)
    let record = record(notice, paid: paid, taken: Money(nanos: entry.amount), isOfHeld: false)
    post(.booked(record), fromReserved: entry.amount)
    table.resolve(place, as: .settled)
    table[place].amount = paid.nanos
    showWhetherFull()
  }

  private mutating func bookLate(_ notice: Notice, _ paid: Money, _ place: Int?) {
    var late = record(notice, paid: paid, taken: .zero, isOfHeld: false)
    late.isLate = true
    post(.booked(late))
    guard let place else { return }
    bookCaps(table[place], wasReserved: false)
    table[place].state = .settled
    table[place].amount = paid.nanos
  }

  private func record(
    _ notice: Notice, paid: Money, taken: Money, isOfHeld: Bool
  ) -> BookedRecord {
    BookedRecord(
      token: notice.token, paid: paid, taken: taken, isLate: false, kind: notice.kind,
      problem: notice.problem, time: notice.time, isOfHeld: isOfHeld)
  }

  // MARK: Wins and losses

  /// A first win starts the window anew.
  private mutating func win(
    _ notice: Notice, _ place: Int?, _ now: Instant
  ) -> NoticeResult {
    let token = notice.token
    let window = min(token.windowSeconds, LedgerLimits.windowSeconds)
    let until = WallTime(milliseconds: notice.time.milliseconds &+ Int64(window) * 1_000)
    var record = WinRecord(
      bid: token.bid, account: token.account, day: token.day, amount: .zero, until: until)
    if let place {
      guard table[place].state == .live, !table[place].isWon else { return .counted }
      table[place].isWon = true
      table.move(place, to: now.nanoseconds &+ table[place].windowNanoseconds)
      record.amount = Money(nanos: table[place].amount)
    } else {
      guard token.bid.boot != boot, !settled.contains(token.bid), let amount = token.reserved,
        held.wins[token.bid] == nil, held.holds(token, amount: amount.nanos, at: notice.time)
      else { return .counted }
      record.amount = amount
    }
    post(.win(record))
    return .extended
  }

  /// A loss gives the reservation back, unless the bid was won or billed.
  private mutating func lose(_ place: Int?, _ now: Instant) -> NoticeResult {
    guard let place, table[place].state == .live, !table[place].isWon else { return .counted }
    let entry = table[place]
    let began = entry.expiresAt &- entry.windowNanoseconds
    learn(entry, paid: 0, after: Double(max(now.nanoseconds, began) &- began) / 1e6)
    giveBack(entry)
    table.resolve(place, as: .released)
    showWhetherFull()
    return .released
  }
}
