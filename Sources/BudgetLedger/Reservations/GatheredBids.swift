import AuctionTypes

/// Bids of a line item that came together and are not in the balances yet.
struct GatheredBids: BitwiseCopyable, Sendable {
  /// The day of all of them.
  var day = LocalDay(rawValue: 0)
  var bids: UInt64 = 0
  /// Those that the table had no place for.
  var untracked: UInt64 = 0
  /// What all took from the escrow, in nano-units.
  var taken: Int64 = 0
  /// The same without those that the table had no place for.
  var reserved: Int64 = 0
  /// When the latest was made.
  var latest = Instant(nanoseconds: 0)

  init(day: LocalDay = LocalDay(rawValue: 0)) { self.day = day }

  mutating func add(_ reservation: Reservation, isTracked: Bool) {
    bids += 1
    taken &+= reservation.amount.nanos
    if isTracked { reserved &+= reservation.amount.nanos } else { untracked += 1 }
    latest = max(latest, reservation.madeAt)
  }
}
