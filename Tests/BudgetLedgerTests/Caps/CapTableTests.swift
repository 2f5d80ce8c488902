import AuctionTypes
import BudgetLedger
import Support
import Testing

@Suite struct CapTableTests {
  static let start = WallTime(milliseconds: 1_790_000_000_123)

  static func time(_ seconds: Double) -> WallTime {
    WallTime(milliseconds: start.milliseconds + Int64(seconds * 1_000))
  }

  let account = AccountID(rawValue: 7)
  let twiceAnHour = CapRule(impressions: 2, periodSeconds: 3_600)

  @Test func refusesTheThirdImpressionOfAnHourAndAllowsItAfter65Minutes() {
    let caps = CapTable(slots: 64)
    for minute in [0.0, 20] {
      #expect(caps.allows(twiceAnHour, account: account, user: 1, at: Self.time(minute * 60)))
      #expect(caps.reserve(twiceAnHour, account: account, user: 1, at: Self.time(minute * 60)))
      caps.book(
        twiceAnHour, account: account, user: 1, madeAt: Self.time(minute * 60), wasReserved: true)
    }
    for minute in [20.0, 21, 40, 59.9] {
      #expect(!caps.allows(twiceAnHour, account: account, user: 1, at: Self.time(minute * 60)))
      #expect(!caps.reserve(twiceAnHour, account: account, user: 1, at: Self.time(minute * 60)))
    }
    #expect(caps.allows(twiceAnHour, account: account, user: 1, at: Self.time(65 * 60)))
    #expect(caps.reserve(twiceAnHour, account: account, user: 1, at: Self.time(65 * 60)))
    #expect(!caps.allows(twiceAnHour, account: account, user: 1, at: Self.time(65 * 60)))
  }

  @Test func countsUsersAccountsAndPeriodsApart() {
    let caps = CapTable(slots: 64)
    let once = CapRule(impressions: 1, periodSeconds: 60)
    #expect(caps.reserve(once, account: account, user: 1, at: Self.start))
    #expect(!caps.allows(once, account: account, user: 1, at: Self.start))
    #expect(caps.allows(once, account: account, user: 2, at: Self.start))
    #expect(caps.allows(once, account: AccountID(rawValue: 8), user: 1, at: Self.start))
    let other = CapRule(impressions: 1, periodSeconds: 61)
    #expect(caps.allows(other, account: account, user: 1, at: Self.start))
  }

  @Test func sharesTheCountOfRulesWithOnePeriod() {
    let caps = CapTable(slots: 64)
    let thrice = CapRule(impressions: 3, periodSeconds: 3_600)
    for _ in 0..<2 {
      #expect(caps.reserve(thrice, account: account, user: 1, at: Self.start))
    }
    #expect(!caps.allows(twiceAnHour, account: account, user: 1, at: Self.start))
    #expect(caps.allows(thrice, account: account, user: 1, at: Self.start))
  }

  @Test func forgetsATentativeImpressionThatIsReleased() {
    let caps = CapTable(slots: 64)
    let once = CapRule(impressions: 1, periodSeconds: 3_600)
    #expect(caps.reserve(once, account: account, user: 1, at: Self.start))
    #expect(!caps.reserve(once, account: account, user: 1, at: Self.time(1)))
    caps.release(once, account: account, user: 1, madeAt: Self.start)
    #expect(caps.reserve(once, account: account, user: 1, at: Self.time(1)))
    caps.release(once, account: account, user: 1, madeAt: Self.time(1))
    caps.release(once, account: account, user: 1, madeAt: Self.time(1))
    #expect(caps.reserve(once, account: account, user: 1, at: Self.time(2)))
    #expect(!caps.reserve(once, account: account, user: 1, at: Self.time(2)))
  }

  @Test func countsABookingThatWasNotReserved() {
    let caps = CapTable(slots: 64)
    caps.book(
      twiceAnHour, account: account, user: 1, madeAt: Self.start, wasReserved: false)
    #expect(caps.reserve(twiceAnHour, account: account, user: 1, at: Self.time(9)))
    #expect(!caps.allows(twiceAnHour, account: account, user: 1, at: Self.time(9)))
  }

  @Test func doesNotCountABookingWhosePeriodIsOver() {
    let caps = CapTable(slots: 64)
    let once = CapRule(impressions: 1, periodSeconds: 60)
    #expect(caps.reserve(once, account: account, user: 1, at: Self.time(70)))
    caps.release(once, account: account, user: 1, madeAt: Self.time(70))
    caps.book(once, account: account, user: 1, madeAt: Self.start, wasReserved: true)
    #expect(caps.allows(once, account: account, user: 1, at: Self.time(70)))
  }

  @Test func passesUsersWithoutAnIDOnlyWhereTheRuleSaysSo() {
    let caps = CapTable(slots: 64)
    var rule = twiceAnHour
    #expect(!caps.allows(rule, account: account, user: 0, at: Self.start))
    #expect(!caps.reserve(rule, account: account, user: 0, at: Self.start))
    rule.allowsUnidentified = true
    for _ in 0..<5 {
      #expect(caps.allows(rule, account: account, user: 0, at: Self.start))
      #expect(caps.reserve(rule, account: account, user: 0, at: Self.start))
      caps.release(rule, account: account, user: 0, madeAt: Self.start)
      caps.book(rule, account: account, user: 0, madeAt: Self.start, wasReserved: true)
    }
  }

  @Test func neverAllowsACapOfNothing() {
    let caps = CapTable(slots: 64)
    let none = CapRule(impressions: 0, periodSeconds: 60)
    #expect(!caps.allows(none, account: account, user: 1, at: Self.start))
    #expect(!caps.reserve(none, account: account, user: 1, at: Self.start))
  }

  @Test(arguments: [UInt32(0), 1, 13, 14, 15, 60, 3_600, 86_400, 31_536_000, .max])
  func keepsACapOfEveryPeriodForAllOfIt(seconds: UInt32) {
    let caps = CapTable(slots: 64)
    let rule = CapRule(impressions: 1, periodSeconds: seconds)
    let period = Int64(seconds) * 1_000
    #expect(caps.reserve(rule, account: account, user: 1, at: Self.start))
    for share in [0, period / 3, period - 1] where share >= 0 {
      let time = WallTime(milliseconds: Self.start.milliseconds + share)
      #expect(!caps.allows(rule, account: account, user: 1, at: time))
    }
    let later = WallTime(milliseconds: Self.start.milliseconds + period * 15 / 14 + 16)
    #expect(caps.allows(rule, account: account, user: 1, at: later))
  }

  @Test func countsASaturatedBucketAsReached() {
    let caps = CapTable(slots: 64)
    let most = CapRule(impressions: .max, periodSeconds: 60)
    for _ in 0..<65_534 {
      caps.book(most, account: account, user: 1, madeAt: Self.start, wasReserved: false)
    }
    #expect(caps.allows(most, account: account, user: 1, at: Self.start))
    for _ in 0..<3 {
      caps.book(most, account: account, user: 1, madeAt: Self.start, wasReserved: false)
    }
    #expect(!caps.allows(most, account: account, user: 1, at: Self.start))
    #expect(!caps.reserve(most, account: account, user: 1, at: Self.time(5)))
    #expect(caps.allows(most, account: account, user: 1, at: Self.time(65)))
  }

  @Test func countsWhatLiesAheadWhenTheClockIsSetBackALittle() {
    let caps = CapTable(slots: 64)
    let once = CapRule(impressions: 1, periodSeconds: 60)
    #expect(caps.reserve(once, account: account, user: 1, at: Self.time(1_000)))
    for back in [0.001, 1, 10, 59] {
      #expect(!caps.reserve(once, account: account, user: 1, at: Self.time(1_000 - back)))
    }
    #expect(caps.allows(once, account: account, user: 1, at: Self.time(1_065)))
  }

  @Test func startsAnewWhenTheClockIsSetBackByManyPeriods() {
    let caps = CapTable(slots: 64)
    let once = CapRule(impressions: 1, periodSeconds: 60)
    for second in [100_000.0, 0] {
      #expect(caps.reserve(once, account: account, user: 1, at: Self.time(second)))
      #expect(!caps.reserve(once, account: account, user: 1, at: Self.time(second)))
    }
    #expect(!caps.allows(once, account: account, user: 1, at: Self.time(59)))
  }
}
