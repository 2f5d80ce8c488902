import AuctionTypes

/// A day of UTC: what the event log's files are named after and deleted by.
struct UTCDay: Comparable, Hashable {
  /// Since 1970-01-01.
  let number: Int64

  init(number: Int64) { self.number = number }

  /// The day of an instant; those before 1970 count as its first day.
  init(of time: WallTime) { number = max(0, time.milliseconds) / 86_400_000 }

  static func < (left: UTCDay, right: UTCDay) -> Bool { left.number < right.number }

  /// `YYYYMMDD`: the Gregorian date, counted in eras of 400 years that begin in March.
  var text: String {
    let days = number + 719_468
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + days / 146_097 * 400 + (month <= 2 ? 1 : 0)
    return "\(year * 10_000 + month * 100 + day)"
  }

  /// The day that eight digits name; nil where there is no such day, or one before 1970.
  init?(text: some StringProtocol) {
    guard text.utf8.count == 8, let digits = Int64(text), digits >= 19_700_101 else { return nil }
    let (year, month, day) = (digits / 10_000, digits / 100 % 100, digits % 100)
    let marchYear = month <= 2 ? year - 1 : year
    let yearOfEra = marchYear % 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = marchYear / 400 * 146_097 + dayOfEra - 719_468
    guard self.text == text else { return nil }
  }
}
