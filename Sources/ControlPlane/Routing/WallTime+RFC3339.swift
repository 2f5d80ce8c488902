import AuctionTypes
import AudienceIngest

extension WallTime {
  /// The time as the API writes it: RFC 3339 in UTC, to the millisecond.
  var rfc3339: String { UTCText.text(of: self) }
}
