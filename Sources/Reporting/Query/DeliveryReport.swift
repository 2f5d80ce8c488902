import AuctionTypes

/// What was delivered, in the rows that were asked for.
package struct DeliveryReport: Sendable, Equatable {
  /// One row.
  package struct Row: Sendable, Equatable {
    /// The values of the dimensions, in the order of the query.
    package var keys: [String]
    package var figures: DeliveryRowFigures
  }

  package var groupBy: [DeliveryDimension]
  package var from: LocalDay?
  package var to: LocalDay?
  package var rows: [Row]
  /// One a currency.
  package var totals: [DeliveryRowFigures]
  /// All events before are in the answer; nil before the log was first read to its end.
  package var completeUntil: WallTime?
  /// What could not be counted, in words; nil where nothing is known to be missing.
  package var missing: String?
}

/// The figures of one row, all in one currency.
package struct DeliveryRowFigures: Sendable, Equatable {
  package var currency: String
  /// nil where it is not known by the dimensions that were asked for.
  package var requestsMatched: Int64?
  package var bids: Int64 = 0
  package var wins: Int64 = 0
  package var impressions: Int64 = 0
  package var clicks: Int64 = 0
  /// Exact nano-units, late bookings included.
  package var spendNanos: Int128 = 0
  package var lateNanos: Int128 = 0
  /// What was planned to be spent by now; nil where nothing plans.
  package var planned: Money?

  /// Rounded down, once a row.
  package var spendMicros: Int64 { Int64(clamping: spendNanos / 1_000) }
  /// As ``spendMicros``.
  package var lateMicros: Int64 { Int64(clamping: lateNanos / 1_000) }

  /// What a thousand impressions cost, rounded down: nano-units for one are micros for a thousand.
  package var cpmMicros: Int64? {
    impressions > 0 ? Int64(clamping: spendNanos / Int128(impressions)) : nil
  }

  /// Clicks for an impression.
  package var clickRate: Double? { impressions > 0 ? Double(clicks) / Double(impressions) : nil }

  /// Wins for a bid.
  package var winRate: Double? { bids > 0 ? Double(wins) / Double(bids) : nil }

  /// What was spent of what was planned.
  package var pacing: Double? {
    guard let planned, planned > .zero else { return nil }
    return Double(spendNanos) / Double(planned.nanos)
  }

  /// The sum of two rows of one currency, without a plan.
  mutating func add(_ other: DeliveryRowFigures) {
    requestsMatched = requestsMatched.flatMap { own in other.requestsMatched.map { own + $0 } }
    bids += other.bids
    wins += other.wins
    impressions += other.impressions
    clicks += other.clicks
    spendNanos += other.spendNanos
    lateNanos += other.lateNanos
  }
}

/// More rows than an answer holds.
package struct TooManyRows: Error, Equatable, Sendable {
  /// The most there can be.
  package let limit: Int
}
