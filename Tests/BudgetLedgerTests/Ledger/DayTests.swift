import AuctionTypes
import BudgetLedger
import Testing

@Suite struct DayTests {
  /// Days with 23, 25 and 24 hours, and clocks that are set at midnight.
  struct Zone: CustomTestStringConvertible {
    let testDescription: String
    let offsets: ZoneOffsets
    /// Midnights in order, UTC seconds.
    let midnights: [Int64]
  }

  private static func zone(
    _ name: String, _ before: Int64, _ change: Int64, _ after: Int64, _ midnights: [Int64]
  ) -> Zone {
    Zone(
      testDescription: name,
      offsets: ZoneOffsets(steps: [
        ZoneStep(fromSeconds: .min, offsetSeconds: before),
        ZoneStep(fromSeconds: change, offsetSeconds: after),
      ]), midnights: midnights)
  }

  static let zones = [
    // 2026-03-29T01:00:00Z in Paris: midnights 2026-03-28T23:00Z, 03-29T22:00Z, 03-30T22:00Z.
    zone("23 hours", 3_600, 1_774_746_000, 7_200, [1_774_738_800, 1_774_821_600, 1_774_908_000]),
    // 2026-10-25T01:00:00Z in Paris: midnights 10-24T22:00Z, 10-25T23:00Z, 10-26T23:00Z.
    zone("25 hours", 7_200, 1_792_890_000, 3_600, [1_792_879_200, 1_792_969_200, 1_793_055_600]),
    // 2026-04-23T22:00:00Z in Cairo: 00:00 becomes 01:00.
    zone(
      "at midnight", 7_200, 1_776_981_600, 10_800, [1_776_895_200, 1_776_981_600, 1_777_064_400]),
    zone("UTC", 0, 1, 0, [1_773_187_200, 1_773_273_600]),
  ]

  @Test(arguments: zones) func dailyBudgetsBeginAnewAtLocalMidnight(zone: Zone) throws {
    let bench = LedgerBench()
    bench.time = WallTime(milliseconds: zone.midnights[0] * 1_000 - 60_000)
    bench.adopt(
      plan(
        [lineItem()], budget: BudgetPlan(daily: Money(nanos: 400)), zone: zone.offsets))
    let first = bench.cells.day(of: bench.account("a/c/l"))
    for (index, midnight) in zone.midnights.enumerated() {
      let before = Int(midnight * 1_000 - bench.time.milliseconds - 1)
      bench.turn(after: before)
      #expect(spend(bench) == 400, "day \(index)")
      #expect(bench.bid("a/c/l", 1) == nil, "\(index): a millisecond before midnight")
      bench.turn(after: 1)
      let day = bench.cells.day(of: bench.account("a/c/l"))
      #expect(day.rawValue == first.rawValue + UInt16(index) + 1)
    }
    #expect(bench.summary("a/c").settled.nanos == 400 * Int64(zone.midnights.count))
    #expect(bench.ledger.verify() == [])
  }

  private func spend(_ bench: LedgerBench) -> Int64 {
    var spent: Int64 = 0
    while let token = bench.bid("a/c/l", 100) ?? again(bench) {
      if bench.notify(.billing, token, paid: 100) == .booked { spent += 100 }
    }
    return spent
  }

  /// A bid after a grant, without time passing.
  private func again(_ bench: LedgerBench) -> NoticeToken? {
    bench.turn(after: 0)
    return bench.bid("a/c/l", 100)
  }

  @Test func aSettlementCountsToTheBidsDay() throws {
    let bench = LedgerBench()
    let midnight = LedgerBench.noon.milliseconds + 12 * 3_600_000
    bench.time = WallTime(milliseconds: midnight - 1_000)
    bench.adopt(plan([lineItem()], budget: BudgetPlan(daily: Money(nanos: 400))))
    let account = bench.account("a/c/l")
    let yesterday = bench.cells.day(of: account)
    let (settles, loses) = (
      try #require(bench.bid("a/c/l", 100, window: 30)),
      try #require(bench.bid("a/c/l", 100, window: 30))
    )
    bench.turn(after: 2_000)
    let today = bench.cells.day(of: account)
    #expect(today > yesterday)
    #expect(bench.summary("a/c").escrow == bench.cells.amount(of: account))
    let escrow = bench.cells.amount(of: account)
    #expect(bench.notify(.billing, settles, paid: 90) == .booked)
    #expect(bench.notify(.loss, loses) == .released)
    #expect(bench.cells.amount(of: account) == escrow, "yesterday's is not bid with today")
    bench.turn()
    #expect(bench.summary("a/c").day == today)
    #expect(bench.summary("a/c").daySettled == .zero)
    #expect(bench.summary("a/c").settled == Money(nanos: 90))
    #expect(bench.ledger.verify() == [])
  }

  @Test func daysNeverGoBackwards() {
    let bench = LedgerBench()
    bench.time = WallTime(milliseconds: LedgerBench.noon.milliseconds + 12 * 3_600_000 + 1_000)
    bench.adopt(plan([lineItem()], budget: BudgetPlan(daily: Money(nanos: 400))))
    let account = bench.account("a/c/l")
    let day = bench.cells.day(of: account)
    #expect(bench.bid("a/c/l", 100) != nil)
    bench.time.milliseconds -= 3_600_000
    bench.turn()
    #expect(bench.cells.day(of: account) == day)
    let west = ZoneOffsets(steps: [ZoneStep(fromSeconds: .min, offsetSeconds: -36_000)])
    bench.adopt(plan([lineItem()], budget: BudgetPlan(daily: Money(nanos: 400)), zone: west))
    #expect(bench.cells.day(of: account) == day)
  }

  @Test func flightsBeginAndEndOnTime() {
    let bench = LedgerBench()
    let start = WallTime(milliseconds: bench.time.milliseconds + 5_000)
    let end = WallTime(milliseconds: bench.time.milliseconds + 9_000)
    bench.adopt(plan([lineItem()], start: start, end: end))
    #expect(bench.bid("a/c/l", 100) == nil)
    bench.turn(after: 4_999)
    #expect(bench.bid("a/c/l", 100) == nil)
    bench.turn(after: 1)
    #expect(bench.bid("a/c/l", 100) != nil)
    bench.turn(after: 3_999)
    #expect(bench.bid("a/c/l", 100) != nil)
    bench.turn(after: 1)
    #expect(bench.bid("a/c/l", 1) == nil)
    #expect(bench.summary("a/c").escrow == .zero)
  }

  @Test func aLateBookingOfADayThatIsNoLongerKeptCountsInTotal() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let token = try #require(bench.bid("a/c/l", 100))
    for _ in 0..<6 {
      bench.turn(after: 86_400_000)
      let other = try #require(bench.bid("a/c/l", 100))
      #expect(bench.notify(.billing, other, paid: 100) == .booked)
    }
    #expect(bench.notify(.billing, token, paid: 70) == .late)
    #expect(bench.summary("a/c").settled == Money(nanos: 670))
    #expect(bench.ledger.verify() == [])
  }
}
