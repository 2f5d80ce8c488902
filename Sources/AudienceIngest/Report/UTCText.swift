import AuctionTypes

/// Instants as ISO 8601 text in UTC with milliseconds: `2026-11-22T10:00:00.000Z`.
package enum UTCText {
  /// The text of an instant; of one before the year 1 that year's first.
  package static func text(of time: WallTime) -> String {
    let time = max(time.milliseconds, firstMilliseconds)
    let days = (time >= 0 ? time : time - 86_399_999) / 86_400_000
    let milliseconds = time - days * 86_400_000
    let date = civil(daysSinceEpoch: days)
    let seconds = milliseconds / 1000
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
      + padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":"
      + padded(seconds % 60, 2) + "." + padded(milliseconds % 1000, 3) + "Z"
  }

  /// The first moment of the year 1.
  private static let firstMilliseconds: Int64 = -62_135_596_800_000

  /// The Gregorian date of a day, counted in eras of 400 years that begin in March.
  private static func civil(
    daysSinceEpoch: Int64
  ) -> (year: Int64, month: Int64, day: Int64) {
    let days = daysSinceEpoch + 719_468
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + days / 146_097 * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
