import AuctionTypes

extension Ledger {
  /// All balances, sorted by path.
  ///
  /// - Complexity: O(accounts log accounts).
  package var accounts: [AccountSummary] {
    (0..<book.count).map { summary(of: AccountID(rawValue: UInt32($0))) }
      .sorted { $0.path < $1.path }
  }

  /// Every broken invariant in words; empty is well.
  ///
  /// - Complexity: O(accounts + reservations).
  package mutating func verify() -> [String] {
    var problems: [String] = []
    verifySums(&problems)
    verifyHeld(&problems)
    if hasBegun { verifyCells(&problems) }
    return problems
  }

  private func summary(of account: AccountID) -> AccountSummary {
    let name = book.names[Int(account.rawValue)]
    let total = book.totals[Int(account.rawValue)]
    let day = book.newestDay(of: account)
    let ofDay = day.map { book.day($0, of: account) } ?? Balance()
    return AccountSummary(
      path: name.path, currency: name.currency, totalBudget: name.budget.total,
      dailyBudget: name.budget.daily, day: day,
      daySettled: Money(nanos: ofDay.settled + ofDay.late), escrow: Money(nanos: total.escrow),
      reserved: Money(nanos: total.reserved), settled: Money(nanos: total.settled + total.late),
      late: Money(nanos: total.late), notices: Int(total.notices))
  }

  /// A campaign is the sum of its line items, and no day is more than the total.
  private func verifySums(_ problems: inout [String]) {
    var sums = [Balance](repeating: Balance(), count: book.count)
    for index in 0..<book.count {
      let (path, total) = (book.names[index].path, book.totals[index])
      if !total.isPossible { problems.append("\(path): its balance is impossible") }
      var days = Balance()
      for place in book.places(index) { days = days.sum(book.days[place].balance) }
      if !total.covers(days) { problems.append("\(path): its days exceed its total") }
      if let parent = book.names[index].parent {
        sums[Int(parent.rawValue)] = sums[Int(parent.rawValue)].sum(total)
      }
    }
    for index in 0..<book.count where book.names[index].parent == nil {
      if sums[index] != book.totals[index] {
        problems.append("\(book.names[index].path): it is not the sum of its line items")
      }
    }
  }

  /// What is held for earlier starts is what the balances say.
  private func verifyHeld(_ problems: inout [String]) {
    var sums = [Int64](repeating: 0, count: book.count)
    for pool in held.pools.values {
      for (place, amount) in pool.amounts { sums[Int(place.account.rawValue)] &+= amount }
    }
    for win in held.wins.values where win.isApart {
      sums[Int(win.place.account.rawValue)] &+= win.amount
    }
    for index in 0..<book.count where book.names[index].parent != nil {
      if sums[index] != book.totals[index].held {
        problems.append("\(book.names[index].path): what is held for earlier starts differs")
      }
    }
  }

  /// Cells and what is on its way to them lie within the escrow, and reservations add up. Amounts
  /// on their way from workers are in neither.
  private func verifyCells(_ problems: inout [String]) {
    var reserved = [Int64](repeating: 0, count: book.count)
    table.forEachLive { reserved[Int($0.account)] += $0.amount }
    for index in 0..<book.count where book.names[index].parent != nil {
      let (path, total) = (book.names[index].path, book.totals[index])
      let cell = cells.amount(of: AccountID(rawValue: UInt32(index))).nanos
      if cell + lines[index].undelivered + total.held > total.escrow {
        problems.append("\(path): its cell holds more than its escrow")
      }
      if reserved[index] != total.reserved {
        problems.append("\(path): its reservations do not add up")
      }
    }
  }
}

extension Balance {
  fileprivate func sum(_ other: Balance) -> Balance {
    Balance(
      granted: granted &+ other.granted, settled: settled &+ other.settled,
      late: late &+ other.late, reserved: reserved &+ other.reserved, held: held &+ other.held,
      notices: notices &+ other.notices)
  }

  fileprivate func covers(_ part: Balance) -> Bool {
    granted >= part.granted && settled >= part.settled && late >= part.late
      && reserved >= part.reserved && held >= part.held && notices >= part.notices
  }
}
