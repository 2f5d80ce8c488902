/// Hours of some days of the week in the campaign's time zone.
package struct Daypart: Sendable, Equatable {
  /// Days of the week as a set of bits.
  package struct Days: OptionSet, Sendable, Hashable {
    /// Bit 0 is Monday, bit 6 Sunday.
    package let rawValue: UInt8

    /// A set of the bits of its days.
    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Every day.
    package static let all = Days(rawValue: 0x7F)

    /// The set of one day; 0 is Monday.
    package init(dayFromMonday day: Int) {
      rawValue = 1 << UInt8(day)
    }
  }

  /// The days on which the hours begin.
  package let days: Days
  /// The first hour, 0 to 23.
  package let startHour: Int
  /// The hour it ends before, 0 to 24; below the start it is on the next day.
  package let endHour: Int

  /// Hours of days; `startHour` is 0 to 23, `endHour` 0 to 24.
  package init(days: Days = .all, startHour: Int, endHour: Int) {
    self.days = days
    self.startHour = startHour
    self.endHour = endHour
  }

  /// Whether the hours run past midnight into the next day.
  package var wraps: Bool { endHour < startHour }

  /// Whether an hour (0 to 23) of a day (0 is Monday) is in it; after midnight a part that wraps
  /// belongs to the day before.
  package func contains(dayFromMonday day: Int, hour: Int) -> Bool {
    guard wraps else {
      return days.contains(Days(dayFromMonday: day)) && hour >= startHour && hour < endHour
    }
    return days.contains(Days(dayFromMonday: day)) && hour >= startHour
      || days.contains(Days(dayFromMonday: (day + 6) % 7)) && hour < endHour
  }
}
