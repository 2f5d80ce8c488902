/// The name of a file of events: `events-YYYYMMDD-000001.log`, the UTC day it was begun on and its
/// number, which grows over days and restarts.
struct EventFileName: Comparable, Hashable {
  let day: UTCDay
  /// Counts from 1.
  let number: UInt32

  init(day: UTCDay, number: UInt32) {
    self.day = day
    self.number = number
  }

  /// nil for a file that is not of the event log, or not finished.
  init?(_ name: String) {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "events", parts[2].hasSuffix(Self.suffix),
      let day = UTCDay(text: parts[1]), let number = UInt32(parts[2].dropLast(Self.suffix.count)),
      number > 0
    else { return nil }
    self.init(day: day, number: number)
    guard text == name else { return nil }
  }

  private static var suffix: String { ".log" }

  var text: String {
    let digits = "\(number)"
    let zeros = String(repeating: "0", count: max(0, 6 - digits.count))
    return "events-\(day.text)-\(zeros)\(digits)\(Self.suffix)"
  }

  static func < (left: EventFileName, right: EventFileName) -> Bool {
    left.number < right.number
  }
}
