/// Instants as ISO 8601 text.
package enum InstantText {
  /// 1970-01-01T00:00:00Z to 9999-12-31T23:59:59.999Z: what has a text that is read back.
  private static let range: ClosedRange<Int64> = 0...253_402_300_799_999

  /// Milliseconds since 1970-01-01T00:00:00Z of `YYYY-MM-DDTHH:MM[:SS[.fff]]` with `Z`, `+HH:MM`,
  /// `+HHMM` or `+HH` behind it, or nil; years are 1970 to 9999, in UTC too, digits past
  /// milliseconds are cut, and a blank or `t` may stand for the `T`.
  package static func milliseconds(_ text: String) -> Int64? {
    var rest = Array(text.utf8)[...]
    guard let year = number(4, of: &rest), (1970...9999).contains(year), skip("-", &rest),
      let month = number(2, of: &rest), (1...12).contains(month), skip("-", &rest),
      let day = number(2, of: &rest), (1...days(of: month, year: year)).contains(day),
      skip("Tt ", &rest), let timeMilliseconds = time(&rest),
      let offsetMinutes = offset(&rest), rest.isEmpty
    else { return nil }
    let days = daysSinceEpoch(year: year, month: month, day: day)
    let milliseconds = days * 86_400_000 + timeMilliseconds - offsetMinutes * 60_000
    return range.contains(milliseconds) ? milliseconds : nil
  }

  /// The instant in UTC as RFC 3339 has it, with milliseconds where it has any;
  /// it is not before 1970.
  package static func spelled(_ milliseconds: Int64) -> String {
    let time = milliseconds % 86_400_000
    let date = date(daysSinceEpoch: milliseconds / 86_400_000)
    let clock = [time / 3_600_000, time / 60_000 % 60, time / 1_000 % 60].map { padded($0, to: 2) }
    let fraction = time % 1_000 == 0 ? "" : "." + padded(time % 1_000, to: 3)
    return "\(padded(date.year, to: 4))-\(padded(date.month, to: 2))-\(padded(date.day, to: 2))"
      + "T\(clock.joined(separator: ":"))\(fraction)Z"
  }

  private static func time(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    guard let hour = number(2, of: &rest), hour < 24, skip(":", &rest),
      let minute = number(2, of: &rest), minute < 60
    else { return nil }
    var milliseconds = (hour * 60 + minute) * 60_000
    guard skip(":", &rest) else { return milliseconds }
    guard let second = number(2, of: &rest), second < 60 else { return nil }
    milliseconds += second * 1_000
    guard skip(".,", &rest) else { return milliseconds }
    let digits = rest.prefix(while: isDigit)
    guard (1...9).contains(digits.count) else { return nil }
    rest.removeFirst(digits.count)
    let padded = Array(digits.prefix(3)) + [UInt8](repeating: 48, count: max(0, 3 - digits.count))
    return milliseconds + padded.reduce(0) { $0 * 10 + Int64($1 - 48) }
  }

  private static func offset(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    if skip("Zz", &rest) { return 0 }
    let isWest = rest.first == UInt8(ascii: "-")
    guard skip("+-", &rest), let hours = number(2, of: &rest), hours < 24 else { return nil }
    let hasColon = skip(":", &rest)
    if rest.isEmpty, !hasColon { return (isWest ? -1 : 1) * hours * 60 }
    guard let minutes = number(2, of: &rest), minutes < 60 else { return nil }
    return (isWest ? -1 : 1) * (hours * 60 + minutes)
  }

  /// Days from 1970-01-01 in the Gregorian calendar, from 1970 on.
  static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
    let years = year - (month <= 2 ? 1 : 0)
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return years * 365 + years / 4 - years / 100 + years / 400 + dayOfYear - 719_468
  }

  /// The date of the Gregorian calendar so many days after 1970-01-01.
  private static func date(
    daysSinceEpoch days: Int64
  ) -> (year: Int64, month: Int64, day: Int64) {
    let daysFromMarch = days + 719_468
    let era = daysFromMarch / 146_097
    let dayOfEra = daysFromMarch % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  private static func padded(_ number: Int64, to digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  private static func days(of month: Int64, year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func number(_ count: Int, of rest: inout ArraySlice<UInt8>) -> Int64? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy(isDigit) else { return nil }
    rest.removeFirst(count)
    return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
  }

  private static func skip(_ allowed: String, _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard let byte = rest.first, allowed.utf8.contains(byte) else { return false }
    rest.removeFirst()
    return true
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
