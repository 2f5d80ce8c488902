import AuctionTypes
import CampaignDocuments
import FixedMemory
import Foundation

/// Collects time zones and dayparts, each distinct one once.
struct ScheduleBuilder {
  private struct Key: Hashable {
    let zone: String
    let hours: [Bool]
  }

  private(set) var steps: [ZoneStep] = []
  private(set) var schedules: [WeekSchedule] = []
  private var zones: [String: IndexRange] = [:]
  private var known: [Key: UInt32] = [:]

  /// The index of the schedule of some dayparts, which are alternatives; none is always.
  mutating func add(zone identifier: String, dayparts: [Daypart], now: WallTime) -> UInt32 {
    let hours = (0..<168).map { hour in
      dayparts.isEmpty
        || dayparts.contains { $0.contains(dayFromMonday: hour / 24, hour: hour % 24) }
    }
    let key = Key(zone: identifier, hours: hours)
    if let index = known[key] { return index }
    let index = UInt32(schedules.count)
    schedules.append(WeekSchedule(zone: zone(identifier, now: now), hours: Self.words(hours)))
    known[key] = index
    return index
  }

  private mutating func zone(_ identifier: String, now: WallTime) -> IndexRange {
    if let range = zones[identifier] { return range }
    let start = steps.count
    steps += ZoneOffsets(TimeZone(identifier: identifier) ?? .gmt, from: now).steps
    let range = IndexRange(start..<steps.count)
    zones[identifier] = range
    return range
  }

  private static func words(_ hours: [Bool]) -> (UInt64, UInt64, UInt64) {
    var words: [UInt64] = [0, 0, 0]
    for (hour, isOn) in hours.enumerated() where isOn { words[hour / 64] |= 1 << UInt64(hour % 64) }
    return (words[0], words[1], words[2])
  }
}
