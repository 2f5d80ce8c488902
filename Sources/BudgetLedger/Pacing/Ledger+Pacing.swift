import AuctionTypes

extension Ledger {
  /// The period and budget that a line item's spend is spread over.
  private struct PacePeriod {
    let account: AccountID
    let curve: PaceCurve
    let balance: Balance
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
    let length = period.curve.length
    // The plan ends early by the time that bids take to resolve, so that what is not paid of the
    // last ones can still be spent; by 4 % at most.
    let lead = min(2 * pace.delay, length / 25)
    let elapsed = Double(time.milliseconds + 100 - period.curve.start.milliseconds)
    let share = period.curve.share(after: elapsed, lead: lead)
    let budget = Double(period.curve.budget.nanos)
    let balance = period.balance
    // What has waited longer than payments take is hardly ever paid: so at most what the plan
    // spends while a payment is on its way.
    let onItsWay = budget / max(1, length) * pace.paidDelay * 1.25
    let likely = min(Double(balance.reserved + balance.held) * pace.settleRatio, onItsWay)
    let free = Double(balance.escrow - balance.held)
    let position = Double(balance.settled) + Double(balance.late) + free + likely
    let room = budget * share + Double(line.largestBid) - position
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
    guard
      let curve = PaceCurve(
        budget, day: campaign.dayStart..<max(campaign.dayStart, campaign.dayEnd),
        flightStart: campaign.flightStart, flightEnd: campaign.flightEnd,
        createdAt: book.names[Int(payer.rawValue)].createdAt, pacing: lines[index].pacing)
    else { return nil }
    let balance =
      budget.daily == nil
      ? book.totals[Int(payer.rawValue)] : book.day(campaign.day, of: payer)
    return PacePeriod(account: payer, curve: curve, balance: balance)
  }
}
