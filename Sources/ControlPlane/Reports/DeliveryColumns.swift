import Reporting

/// The columns of a delivery report behind its keys, as JSON and CSV have them.
enum DeliveryColumns {
  /// A value of a column.
  enum Value {
    case text(String)
    case integer(Int64?)
    /// Six decimals.
    case ratio(Double?)
  }

  /// The names, in order.
  static let names = [
    "currency", "requests_matched", "bids", "wins", "impressions", "clicks", "spend_micros",
    "late_micros", "cpm_micros", "ctr", "win_rate", "planned_micros", "pacing",
  ]

  /// The values of a row, in the order of the names.
  static func values(_ row: DeliveryRowFigures) -> [Value] {
    [
      .text(row.currency), .integer(row.requestsMatched), .integer(row.bids), .integer(row.wins),
      .integer(row.impressions), .integer(row.clicks), .integer(row.spendMicros),
      .integer(row.lateMicros), .integer(row.cpmMicros), .ratio(row.clickRate),
      .ratio(row.winRate), .integer(row.planned?.micros), .ratio(row.pacing),
    ]
  }

  /// A ratio as decimal digits, without an exponent.
  static func text(_ ratio: Double) -> String {
    let millionths = Int128(exactly: (ratio * 1e6).rounded()) ?? 0
    let (whole, rest) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    var digits = "\(rest + 1_000_000)".dropFirst()
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    return "\(millionths < 0 ? "-" : "")\(whole).\(digits)"
  }
}
