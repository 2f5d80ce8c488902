import AuctionTypes

/// An account's amounts in nano-units, in total or of one day.
///
/// `escrow + reserved + settled = granted`, with what was booked late kept apart.
struct Balance: BitwiseCopyable, Sendable, Equatable {
  /// Moved out of the budget, and neither given back nor released.
  var granted: Int64 = 0
  /// Booked in time.
  var settled: Int64 = 0
  /// Booked late: never granted.
  var late: Int64 = 0
  /// Out with bids of this start.
  var reserved: Int64 = 0
  /// Of the escrow: what earlier starts left behind, until their bids' notices have passed.
  var held: Int64 = 0
  /// Booked notices.
  var notices: Int64 = 0

  /// Granted and neither reserved nor settled.
  var escrow: Int64 { granted &- settled &- reserved }

  /// What a budget has left for grants; unlimited where there is none.
  func remaining(of budget: Int64?) -> Int64 {
    guard let budget else { return .max }
    return budget &- granted &- late
  }

  /// The sum of two, or nil where a number does not fit or the balance would be impossible.
  func adding(_ change: Balance) -> Balance? {
    let sum = Balance(
      granted: granted &+ change.granted, settled: settled &+ change.settled,
      late: late &+ change.late, reserved: reserved &+ change.reserved,
      held: held &+ change.held, notices: notices &+ change.notices)
    return sum.isPossible ? sum : nil
  }

  /// Whether nothing is negative and what is held lies within the escrow. Amounts stay below 2⁶²,
  /// and a change is smaller than 2⁶², so a sum that wraps is seen here.
  var isPossible: Bool {
    let most: Int64 = 1 << 62
    return granted >= 0 && granted < most && late >= 0 && late < most && notices >= 0
      && reserved >= 0 && settled >= 0 && settled <= granted && reserved <= granted &- settled
      && held >= 0 && held <= escrow
  }
}

/// An account's amounts of one day of its campaign's time zone.
struct DayBalance: BitwiseCopyable, Sendable, Equatable {
  /// nil where the place is unused.
  var day: LocalDay?
  var balance = Balance()
}
