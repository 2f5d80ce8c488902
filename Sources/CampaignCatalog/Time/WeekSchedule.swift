import AuctionTypes
import FixedMemory
import Foundation

extension ZoneOffsets {
  /// The offsets of a zone from an instant on, so that the bid path asks no calendar: as many
  /// changes as ``CatalogLimits/zoneTransitions`` allows, after which the last one stays.
  package init(_ zone: TimeZone, from now: WallTime) {
    var date = Date(timeIntervalSince1970: TimeInterval(now.seconds))
    var steps = [ZoneStep(fromSeconds: .min, offsetSeconds: Int64(zone.secondsFromGMT(for: date)))]
    while steps.count <= CatalogLimits.zoneTransitions,
      let next = zone.nextDaylightSavingTimeTransition(after: date), next > date
    {
      date = next
      steps.append(
        ZoneStep(
          fromSeconds: Int64(next.timeIntervalSince1970.rounded()),
          offsetSeconds: Int64(zone.secondsFromGMT(for: next))))
    }
    self.init(steps: steps)
  }
}

/// The hours of the week that some line items want, in a zone.
struct WeekSchedule: BitwiseCopyable, Sendable {
  /// The zone's steps in the catalog's list.
  let zone: IndexRange
  /// Bit 0 of the first word is Monday from midnight to one; 168 bits.
  let hours: (UInt64, UInt64, UInt64)

  /// Whether the hour of a local time in seconds is wanted.
  func contains(localSeconds: Int64) -> Bool {
    let hour = Self.hourOfWeek(localSeconds: localSeconds)
    let word = hour < 64 ? hours.0 : hour < 128 ? hours.1 : hours.2
    return word & 1 << UInt64(hour % 64) != 0
  }

  /// The local time of the zone, in seconds since 1970.
  ///
  /// - Parameter steps: the catalog's list.
  func localSeconds(at time: WallTime, _ steps: borrowing FixedArray<ZoneStep>) -> Int64 {
    let seconds = time.seconds
    var offset: Int64 = 0
    for index in zone.indices where steps[index].fromSeconds <= seconds {
      offset = steps[index].offsetSeconds
    }
    return seconds + offset
  }

  /// The hour of the week at a local time in seconds since 1970, which began on a Thursday.
  static func hourOfWeek(localSeconds: Int64) -> Int {
    let week: Int64 = 7 * 86_400
    let sinceMonday = (localSeconds + 3 * 86_400) % week
    return Int((sinceMonday + week) % week / 3_600)
  }
}

/// When a line item runs.
struct LineItemTiming: BitwiseCopyable, Sendable {
  /// Whether neither it nor its campaign is paused or archived.
  let isActive: Bool
  let flightStart: WallTime
  let flightEnd: WallTime
  /// Its dayparts in the catalog's list of schedules.
  let schedule: UInt32

  func isInFlight(at time: WallTime) -> Bool {
    isActive && time >= flightStart && time < flightEnd
  }

  /// The next start or end of the flight if it comes after a time and before another, else the
  /// latter.
  func nextChange(after time: WallTime, before next: WallTime) -> WallTime {
    var next = next
    if flightStart > time { next = min(next, flightStart) }
    if flightEnd > time { next = min(next, flightEnd) }
    return next
  }

  /// When it starts or ends after a time, and which of the two.
  func changes(after time: WallTime) -> [(WallTime, starts: Bool)] {
    guard isActive, flightStart < flightEnd else { return [] }
    var changes: [(WallTime, starts: Bool)] = []
    if flightStart > time { changes.append((flightStart, true)) }
    if flightEnd > time, flightEnd.milliseconds != .max { changes.append((flightEnd, false)) }
    return changes
  }
}
