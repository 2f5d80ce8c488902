import AuctionTypes
import CampaignDocuments
import FixedMemory
import Foundation
import Support
import Testing

@testable import CampaignCatalog

struct TimeTests {
  private let formatter = ISO8601DateFormatter()

  private func time(_ text: String) throws -> WallTime {
    let date = try #require(formatter.date(from: text))
    return WallTime(milliseconds: Int64(date.timeIntervalSince1970 * 1_000))
  }

  /// What Foundation's calendar says of dayparts at a time.
  private func isIn(_ dayparts: [Daypart], _ zone: String, _ time: WallTime) throws -> Bool {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zone))
    let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1_000)
    let parts = calendar.dateComponents([.weekday, .hour], from: date)
    let day = try (#require(parts.weekday) + 5) % 7
    let hour = try #require(parts.hour)
    if dayparts.isEmpty { return true }
    return dayparts.contains { part in
      let today = part.days.contains(Daypart.Days(dayFromMonday: day))
      let yesterday = part.days.contains(Daypart.Days(dayFromMonday: (day + 6) % 7))
      if part.endHour >= part.startHour {
        return today && part.startHour <= hour && hour < part.endHour
      }
      return today && hour >= part.startHour || yesterday && hour < part.endHour
    }
  }

  /// What Foundation's calendar says is the day.
  private func localDay(_ zone: String, _ time: WallTime) throws -> LocalDay {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zone))
    let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1_000)
    let parts = calendar.dateComponents([.year, .month, .day], from: date)
    calendar.timeZone = .gmt
    let midnight = try #require(calendar.date(from: parts))
    return LocalDay(rawValue: UInt16((midnight.timeIntervalSince1970 / 86_400).rounded()))
  }

  private static let schedules: [[Daypart]] = [
    [],
    [Daypart(startHour: 8, endHour: 20)],
    [Daypart(startHour: 22, endHour: 2)],
    [Daypart(days: Daypart.Days(dayFromMonday: 5), startHour: 22, endHour: 2)],
    [Daypart(days: Daypart.Days(dayFromMonday: 6), startHour: 1, endHour: 3)],
    [Daypart(days: Daypart.Days(dayFromMonday: 6), startHour: 23, endHour: 1)],
    [
      Daypart(days: Daypart.Days(dayFromMonday: 6), startHour: 0, endHour: 2),
      Daypart(days: Daypart.Days(dayFromMonday: 6), startHour: 3, endHour: 24),
    ],
  ]

  @Test(arguments: [
    ("Europe/Paris", "2026-03-28T20:00:00Z"), ("Europe/Paris", "2026-10-24T20:00:00Z"),
    ("America/New_York", "2026-03-07T20:00:00Z"), ("America/New_York", "2026-10-31T20:00:00Z"),
    ("Asia/Kathmandu", "2026-05-02T12:00:00Z"), ("Pacific/Chatham", "2026-04-03T20:00:00Z"),
    ("Pacific/Chatham", "2026-09-25T20:00:00Z"), ("Australia/Lord_Howe", "2026-04-03T20:00:00Z"),
    ("UTC", "2026-12-31T00:00:00Z"), ("Pacific/Kiritimati", "2027-01-01T00:00:00Z"),
    ("Europe/Paris", "2033-03-26T20:00:00Z"),
  ])
  func daypartsFollowTheCalendarThroughChangesOfTheClock(zone: String, start: String) throws {
    let catalog = Samples.compile([
      Samples.advertiser([
        Samples.campaign(
          zone: zone,
          Self.schedules.enumerated().map { index, dayparts in
            var targeting = Targeting()
            targeting.dayparts = dayparts
            return Samples.lineItem("l\(index)", targeting)
          })
      ])
    ])
    var columns = TimeColumns()
    let first = try time(start).milliseconds
    // Two days and a half in steps that hit every quarter and the milliseconds around it.
    for step in 0..<240 {
      for shift in [-1, 0, 1] as [Int64] {
        let now = WallTime(milliseconds: first + Int64(step) * 900_000 + shift)
        if !columns.hold(catalog, at: now) { columns.update(catalog, at: now) }
        let expected = try Self.schedules.indices.filter { try isIn(Self.schedules[$0], zone, now) }
        #expect(columns.inDaypart.members == expected, "\(zone) at \(now.milliseconds)")
        let day = columns.day(ofSchedule: catalog.lineItems[0].schedule)
        #expect(try day == localDay(zone, now), "\(zone) at \(now.milliseconds)")
      }
    }
  }

  @Test func flightsStartInclusiveAndEndExclusive() throws {
    let start = Samples.monday.milliseconds + 1_234
    let end = start + 777
    let catalog = Samples.compile([
      Samples.advertiser([
        Samples.campaign(
          flight: Flight(startMilliseconds: start, endMilliseconds: end))
      ])
    ])
    for (milliseconds, isRunning) in [
      (start - 1, false), (start, true), (end - 1, true), (end, false), (end + 1, false),
    ] {
      var columns = TimeColumns()
      columns.update(catalog, at: WallTime(milliseconds: milliseconds))
      #expect(columns.inFlight.members == (isRunning ? [0] : []), "\(milliseconds - start)")
    }
  }

  @Test func columnsHoldUntilTheNextStartOrEnd() {
    let start = Samples.monday.milliseconds + 1_234
    let catalog = Samples.compile([
      Samples.advertiser([
        Samples.campaign(flight: Flight(startMilliseconds: start, endMilliseconds: start + 777))
      ])
    ])
    var columns = TimeColumns()
    columns.update(catalog, at: Samples.monday)
    #expect(columns.until.milliseconds == start)
    columns.update(catalog, at: columns.until)
    #expect(columns.until.milliseconds == start + 777)
    columns.update(catalog, at: columns.until)
    #expect(columns.until.milliseconds == Samples.monday.milliseconds + 900_000)
  }

  @Test func columnsHoldForOneCatalogAndNotBeforeTheirTime() {
    let first = Samples.compile([Samples.advertiser()], generation: 1)
    let second = Samples.compile([Samples.advertiser()], generation: 2)
    var columns = TimeColumns()
    let isMade = columns.hold(first, at: Samples.monday)
    columns.update(first, at: Samples.monday)
    let holds = columns.hold(first, at: Samples.monday)
    let holdsForOther = columns.hold(second, at: Samples.monday)
    let holdsEarlier = columns.hold(
      first, at: WallTime(milliseconds: Samples.monday.milliseconds - 1))
    #expect(!isMade)
    #expect(holds)
    #expect(!holdsForOther)
    #expect(!holdsEarlier)
  }

  @Test(arguments: [
    (Status.active, Status.active, true), (.active, .paused, false), (.paused, .active, false),
    (.archived, .active, false), (.active, .archived, false),
  ])
  func onlyActiveLineItemsOfActiveCampaignsRun(
    campaign: Status, lineItem: Status, isRunning: Bool
  ) {
    let catalog = Samples.compile([
      Samples.advertiser([
        Samples.campaign(status: campaign, [Samples.lineItem(status: lineItem)])
      ])
    ])
    var columns = TimeColumns()
    columns.update(catalog, at: Samples.monday)
    #expect(columns.inFlight.members == (isRunning ? [0] : []))
  }

  /// Line items with flights that start and end at all hours, dayparts and zones.
  private static func manyCampaigns(_ random: inout SeededGenerator) -> [Campaign] {
    let zones = ["UTC", "Europe/Paris", "Asia/Kathmandu", "America/New_York"]
    return (0..<60).map { index in
      let start = Samples.monday.milliseconds + Int64.random(in: -40...80, using: &random) * 617_777
      let length = Int64.random(in: -2...40, using: &random) * 301_003
      let lineItems = (0..<3).map { number in
        var targeting = Targeting()
        targeting.dayparts = schedules.randomElement(using: &random)!
        return Samples.lineItem("l\(number)", targeting)
      }
      let flight = [
        Flight.open, Flight(startMilliseconds: start, endMilliseconds: nil),
        Flight(startMilliseconds: nil, endMilliseconds: start),
        Flight(startMilliseconds: start, endMilliseconds: start + length),
      ].randomElement(using: &random)!
      return Samples.campaign(
        "k\(index)", flight: flight, zone: zones.randomElement(using: &random)!, lineItems)
    }
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func keepsUpWithTheTimeAsIfWorkedOutAnew(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let catalog = Samples.compile([Samples.advertiser(Self.manyCampaigns(&random))])
    var columns = TimeColumns()
    var now = Samples.monday.milliseconds
    for step in 0..<300 {
      // Mostly on, at times far on, now and then back, also behind the catalog's making.
      let kind = Int.random(in: 0..<20, using: &random)
      let hour: Int64 = 3_600_000
      now +=
        kind == 0
        ? Int64.random(in: -30 * hour..<0, using: &random)
        : Int64.random(in: 0..<(kind == 1 ? 20 * hour : hour / 3), using: &random)
      let time = WallTime(milliseconds: now)
      if !columns.hold(catalog, at: time) { columns.update(catalog, at: time) }
      let timings = catalog.lineItems.indices.map { catalog.timings[$0] }
      let inFlight = timings.indices.filter { timings[$0].isInFlight(at: time) }
      let inDaypart = timings.indices.filter { index in
        let schedule = catalog.schedules[Int(timings[index].schedule)]
        return schedule.contains(localSeconds: schedule.localSeconds(at: time, catalog.zoneSteps))
      }
      #expect(columns.inFlight.members == inFlight, "seed \(seed), step \(step)")
      #expect(columns.inDaypart.members == inDaypart, "seed \(seed), step \(step)")
    }
  }
}
