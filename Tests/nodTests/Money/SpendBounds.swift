import Foundation

/// What the tellers' knowledge says that an account must hold.
struct SpendBounds {
  /// Booked for certain, and sent at most, in nano-units.
  var acknowledged: Int64 = 0
  var sent: Int64 = 0
  /// Late for certain, and late at most.
  var surelyLate: Int64 = 0
  var possiblyLate: Int64 = 0
  /// Bids that were booked for certain, and billed at most.
  var acknowledgedCount = 0
  var sentCount = 0

  /// Adds up the bids of an account.
  init(of bids: some Sequence<RigBid>, window: Double) {
    for bid in bids where bid.billed != nil {
      sent += bid.paidNanos
      sentCount += 1
      if bid.booked != nil {
        acknowledged += bid.paidNanos
        acknowledgedCount += 1
        if bid.isSurelyLate(window: window, slack: MoneyRig.slack) { surelyLate += bid.paidNanos }
      }
      if !bid.isSurelyOnTime(window: window) { possiblyLate += bid.paidNanos }
    }
  }

  /// What is wrong with a line of the report; nil when nothing is.
  func fault(_ account: LedgerStatement.Account) -> String? {
    let settled = account.settledMicros
    let late = account.lateMicros
    if settled < acknowledged / 1_000 { return "lost: \(settled) of \(acknowledged / 1_000)" }
    if settled > sent / 1_000 { return "doubled: \(settled) of at most \(sent / 1_000)" }
    if account.notices < acknowledgedCount || account.notices > sentCount {
      return "\(account.notices) notices, not \(acknowledgedCount) to \(sentCount)"
    }
    if late < surelyLate / 1_000 || late > possiblyLate / 1_000 {
      return "\(late) late, not \(surelyLate / 1_000) to \(possiblyLate / 1_000)"
    }
    return nil
  }
}

/// The least that was booked or reserved of an account at every moment, as the bids' receiver
/// knows: where it is more than a budget, a bid was made that had none.
struct SpendSweep {
  /// The moment of the fullest use: nano-units out, and the limit at that time.
  private(set) var worst: (out: Int64, limit: Int64) = (0, 1)

  /// - Parameter limits: from when on a limit held, in nano-units, in order.
  init(of bids: some Sequence<RigBid>, window: Double, limits: [(from: Double, nanos: Int64)]) {
    var changes: [(time: Double, nanos: Int64)] = []
    for bid in bids { Self.add(bid, window: window, to: &changes) }
    changes.sort { ($0.time, $0.nanos) < ($1.time, $1.nanos) }
    var out: Int64 = 0
    var place = 0
    for change in changes {
      while place + 1 < limits.count, limits[place + 1].from <= change.time { place += 1 }
      out += change.nanos
      let limit = limits[place].nanos
      if Double(out) / Double(limit) > Double(worst.out) / Double(worst.limit) {
        worst = (out, limit)
      }
    }
  }

  /// A bid is held from the moment its receiver has it until what was first done about it was
  /// sent, at most until its window ends; what was booked within it counts for ever.
  private static func add(
    _ bid: RigBid, window: Double, to changes: inout [(time: Double, nanos: Int64)]
  ) {
    let expiry = bid.requested + window
    let resolved = min(expiry, bid.billed ?? expiry, bid.lost ?? expiry)
    guard resolved > bid.answered else { return }
    changes.append((bid.answered, bid.reservedNanos))
    let kept = bid.isSurelyOnTime(window: window) ? bid.paidNanos : 0
    changes.append((resolved, kept - bid.reservedNanos))
  }
}
