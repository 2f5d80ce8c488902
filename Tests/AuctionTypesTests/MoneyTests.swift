import Testing

@testable import AuctionTypes

@Suite struct MoneyTests {
  @Test(
    arguments: [
      (0, 0), (999, 0), (1_000, 1), (1_999, 1), (-1, -1), (-1_000, -1), (-1_001, -2),
      (Int64.max, Int64.max / 1_000),
    ] as [(Int64, Int64)])
  func printsMicrosRoundedDown(nanos: Int64, micros: Int64) {
    #expect(Money(nanos: nanos).micros == micros)
  }

  @Test func costsOfAnImpressionAreTheMicrosOfItsPriceInNanos() {
    let price = CPM(micros: 2_500_000)
    #expect(Money(oneImpressionAt: price) == Money(nanos: 2_500_000))
    #expect(Money(micros: 2_500) == Money(oneImpressionAt: price))
  }

  @Test func thousandImpressionsCostTheirPrice() {
    var sum = Money.zero
    for _ in 0..<1_000 { sum += Money(oneImpressionAt: CPM(micros: 1_234_567)) }
    #expect(sum.micros == 1_234_567)
    sum -= Money(nanos: 1)
    #expect(sum.micros == 1_234_566)
  }
}

@Suite struct RatePairTests {
  @Test(
    arguments: [
      (1, 1, 1, 1, 1), (10, 1_080_000_000, 1_000_000_000, 11, 10),
      (1_000, 1_080_000_000, 1_000_000_000, 1_080, 1_080), (1, 1_000_000_000, 1_080_000_000, 1, 0),
      (0, 3, 7, 0, 0),
    ] as [(Int64, Int64, Int64, Int64, Int64)])
  func roundsOnceUpOrDown(nanos: Int64, source: Int64, target: Int64, up: Int64, down: Int64) {
    let rates = RatePair(source: source, target: target)
    #expect(rates.convert(nanos, rounding: .up) == up)
    #expect(rates.convert(nanos, rounding: .down) == down)
  }

  @Test func refusesWhatDoesNotFit() {
    #expect(RatePair(source: .max, target: 1).convert(2, rounding: .up) == nil)
    #expect(RatePair(source: .max, target: 2).convert(3, rounding: .up) == nil)
    #expect(RatePair(source: .max, target: .max).convert(.max, rounding: .up) == .max)
  }
}

@Suite struct ZoneOffsetsTests {
  /// Offsets in hours from instants in hours since 1970 on.
  private func zone(_ steps: (Int64, Int64)...) -> ZoneOffsets {
    ZoneOffsets(
      steps: steps.enumerated().map { index, step in
        ZoneStep(
          fromSeconds: index == 0 ? .min : step.0 * 3_600, offsetSeconds: step.1 * 3_600)
      })
  }

  private func hours(_ zone: ZoneOffsets, _ day: UInt16) -> Int64 {
    let start = zone.start(of: LocalDay(rawValue: day))
    let end = zone.start(of: LocalDay(rawValue: day + 1))
    return (end.milliseconds - start.milliseconds) / 3_600_000
  }

  @Test func daysOfUTCBeginAtItsMidnight() {
    #expect(ZoneOffsets.utc.day(at: WallTime(milliseconds: 86_400_000 - 1)).rawValue == 0)
    #expect(ZoneOffsets.utc.day(at: WallTime(milliseconds: 86_400_000)).rawValue == 1)
    #expect(ZoneOffsets.utc.start(of: LocalDay(rawValue: 3)).milliseconds == 3 * 86_400_000)
  }

  /// Clocks go from one to two, from midnight to one, back from three to two, and back from
  /// midnight to eleven.
  @Test(
    arguments: [
      (2400, 2, 23), (2399, 2, 23), (2402, 0, 25), (2423, 0, 25),
    ] as [(Int64, Int64, Int64)])
  func aDayOfAClockChangeIsAnHourShorterOrLonger(
    from: Int64, offset: Int64, hours expected: Int64
  ) {
    let zone = zone((0, 1), (from, offset))
    #expect(hours(zone, 100) == expected)
    #expect(hours(zone, 99) == 24)
    #expect(hours(zone, 101) == 24)
  }

  @Test func everyInstantIsInTheDayThatBeganLast() {
    let zone = zone((0, 1), (2399, 2), (3000, 1), (3023, 0), (4000, -5))
    var previous = zone.day(at: WallTime(milliseconds: 2000 * 3_600_000))
    for quarter in (2000 * 4)..<(4200 * 4) {
      let time = WallTime(milliseconds: Int64(quarter) * 900_000)
      let day = zone.day(at: time)
      #expect(day >= previous)
      #expect(zone.start(of: day) <= time)
      #expect(zone.start(of: LocalDay(rawValue: day.rawValue + 1)) > time)
      previous = day
    }
  }
}
