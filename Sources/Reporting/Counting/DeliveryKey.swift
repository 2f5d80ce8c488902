import AuctionTypes

/// What events are added up by.
struct DeliveryKey: Hashable, Sendable {
  /// Of the campaign's time zone.
  var day: LocalDay
  var account: AccountID
  /// In which the bid was made: hours since 1970, UTC.
  var hour: Int64
  var creative: CreativeID
  var exchange: ExchangeID
  var size: Size

  private static let hourMilliseconds: Int64 = 3_600_000

  /// The hour of a time.
  static func hour(of time: WallTime) -> Int64 { max(0, time.milliseconds) / hourMilliseconds }
}

/// What happened, added up.
struct DeliveryCounts: Equatable, Sendable {
  var bids: Int64 = 0
  /// Bids that are known to have won.
  var wins: Int64 = 0
  /// Bids that were booked.
  var impressions: Int64 = 0
  var clicks: Int64 = 0
  var pixels: Int64 = 0
  var losses: Int64 = 0
  /// Late bookings included.
  var spendNanos: Int64 = 0
  var lateNanos: Int64 = 0
}
