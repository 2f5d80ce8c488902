import AuctionTypes
import Foundation

extension WallTime {
  /// The time as the API writes it: RFC 3339 in UTC, to the millisecond.
  var rfc3339: String {
    let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
    return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
