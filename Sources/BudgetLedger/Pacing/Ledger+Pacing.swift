import AuctionTypes

extension Ledger {
  /// The period and budget that a line item's spend is spread over.
  private struct PacePeriod {
    let account: AccountID
    let budget: Int64
    let balance: Balance
    let start: WallTime
    let end: WallTime
  }

  /// Grants of paced line items come at most this often, so that the journal stays small.
  private static let pacedGrantMilliseconds: UInt64 = 50

  /// How much more a line item may be granted for its pace; unlimited where nothing paces it.
  ///
  /// The plan is the elapsed share of the period 100 ms from now, and one bid; the position is what
  /// is booked, in escrow, and likely to be paid of what is reserved.
  func paceRoom(of account: AccountID, at time: WallTime) -> Int64 {
    let line = lines[Int(account.rawValue)]
    guard line.pacing != .asap, let period = pacePeriod(of: account) else { return .max }
    let pace = paces[Int(period.account.rawValue)]
    let length = Double(period.end.milliseconds - period.start.milliseconds)
    // The plan ends early by the time that bids take to resolve, so that what is not paid of the
    // last ones can still be spent; by 4 % at most.
    let lead = min(2 * pace.delay, length / 25)
    let elapsed = Double(time.milliseconds + 100 - period.start.milliseconds)
    let speed = line.pacing == .ahead ? 1.2 : 1.0
    let share = min(1, max(0, elapsed * speed / max(1, length - lead)))
    let balance = period.balance
    // What has waited longer than payments take is hardly ever paid: so at most what the plan
    // spends while a payment is on its way.
    let onItsWay = Double(period.budget) / max(1, length) * pace.paidDelay * 1.25
    let likely = min(Double(balance.reserved + balance.held) * pace.settleRatio, onItsWay)
    let free = Double(balance.escrow - balance.held)
    let position = Double(balance.settled) + Double(balance.late) + free + likely
    let room = Double(period.budget) * share + Double(line.largestBid) - position
    return Int64(min(max(0, room), Double(1 << 62 as Int64)))
  }

  /// Whether the last grant of a paced line item was long enough ago for the next.
  func isGrantDue(_ account: AccountID, _ now: Instant) -> Bool {
    lines[Int(account.rawValue)].grantedAt.advanced(milliseconds: Self.pacedGrantMilliseconds)
      <= now
  }

  /// The line item's own budget where it has one, else its campaign's; of these the daily one over
  /// the day within the flight, else the total one over the flight. nil where neither is or the
  /// flight is open.
  private func pacePeriod(of account: AccountID) -> PacePeriod? {
    let index = Int(account.rawValue)
    guard let number = lines[index].campaign, let parent = book.names[index].parent else {
      return nil
    }
    let own = book.names[index].budget
    let payer = own.total == nil && own.daily == nil ? parent : account
    let budget = book.names[Int(payer.rawValue)].budget
    let campaign = campaigns[number]
    if let daily = budget.daily {
      return PacePeriod(
        account: payer, budget: daily.nanos, balance: book.day(campaign.day, of: payer),
        start: max(campaign.dayStart, campaign.flightStart ?? campaign.dayStart),
        end: min(campaign.dayEnd, campaign.flightEnd ?? campaign.dayEnd))
    }
    guard let total = budget.total, let end = campaign.flightEnd else { return nil }
    return PacePeriod(
      account: payer, budget: total.nanos, balance: book.totals[Int(payer.rawValue)],
      start: campaign.flightStart ?? book.names[Int(payer.rawValue)].createdAt, end: end)
  }
}
