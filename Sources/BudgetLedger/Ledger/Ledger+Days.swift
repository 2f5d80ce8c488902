import AuctionTypes

extension Ledger {
  /// Whether a line item may bid now.
  func isOpen(_ account: AccountID) -> Bool {
    let line = lines[Int(account.rawValue)]
    guard line.isActive, !isFinished, let campaign = line.campaign else { return false }
    return campaigns[campaign].isInFlight
  }

  static func isInFlight(_ start: WallTime?, _ end: WallTime?, _ time: WallTime) -> Bool {
    if let start, time < start { return false }
    if let end, time >= end { return false }
    return true
  }

  /// Rolls days and opens and closes flights, where one has begun or ended.
  ///
  /// - Complexity: O(line items) at a boundary, O(1) between.
  mutating func crossBoundaries(_ moment: Moment) {
    guard moment.time >= nextBoundary else { return }
    for index in campaigns.indices {
      let wasInFlight = campaigns[index].isInFlight
      let isInFlight = Self.isInFlight(
        campaigns[index].flightStart, campaigns[index].flightEnd, moment.time)
      campaigns[index].isInFlight = isInFlight
      if wasInFlight, !isInFlight {
        for account in campaigns[index].lineItems { close(account) }
      }
      let isRolled = roll(index, moment)
      if isInFlight, isRolled || !wasInFlight { openLineItems(ofCampaign: index, moment) }
    }
    findNextBoundary(after: moment.time)
  }

  /// Gives a campaign's cells the day that has begun; what they held goes back to the day before.
  private mutating func roll(_ index: Int, _ moment: Moment) -> Bool {
    let day = max(campaigns[index].day, campaigns[index].zone.day(at: moment.time))
    guard day > campaigns[index].day else { return false }
    campaigns[index].day = day
    campaigns[index].dayStart = campaigns[index].zone.start(of: day)
    campaigns[index].dayEnd = campaigns[index].zone.start(of: day.next)
    return true
  }

  /// Stamps the cells of a campaign's line items with its day and fills those that may bid.
  mutating func openLineItems(ofCampaign index: Int, _ moment: Moment) {
    let day = campaigns[index].day
    campaigns[index].openCount = 0
    for account in campaigns[index].lineItems {
      if cells.day(of: account) != day {
        withdrawAll(account)
        putBack(cells.reset(account, to: day), account, day)
      }
      if isOpen(account) { campaigns[index].openCount += 1 }
    }
    for account in campaigns[index].lineItems where isOpen(account) { refill(account, moment) }
  }

  mutating func findNextBoundary(after time: WallTime) {
    var next = WallTime(milliseconds: .max)
    for campaign in campaigns {
      next = min(next, campaign.dayEnd > time ? campaign.dayEnd : next)
      if let start = campaign.flightStart, start > time { next = min(next, start) }
      if let end = campaign.flightEnd, end > time { next = min(next, end) }
    }
    nextBoundary = next
  }

  // MARK: Escrow that goes back

  /// Empties a line item's cell for as long as it may not bid.
  mutating func close(_ account: AccountID) {
    withdrawAll(account)
    cells.set(.exhausted, lowMark: .zero, account: account)
  }

  /// Takes all that a line item's cell holds, or would soon, back to the budgets.
  mutating func withdrawAll(_ account: AccountID) {
    let index = Int(account.rawValue)
    var amount = cells.withdraw(atMost: Money(nanos: .max), account: account)
    if lines[index].undelivered > 0 {
      amount += Money(nanos: lines[index].undelivered)
      lines[index].undelivered = 0
      lines[index].grantEpoch &+= 1
    }
    putBack(amount, account, cells.day(of: account))
  }

  /// Returns what was taken out of a cell to the budgets.
  mutating func putBack(_ amount: Money, _ account: AccountID, _ day: LocalDay) {
    guard amount > .zero else { return }
    post(.returned(EscrowRecord(account: account, day: day, amount: amount)))
  }
}
