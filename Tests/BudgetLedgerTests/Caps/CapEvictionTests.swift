import AuctionTypes
import BudgetLedger
import Testing

@Suite struct CapEvictionTests {
  private let account = AccountID(rawValue: 1)
  private let once = CapRule(impressions: 1, periodSeconds: 3_600)
  private let time = CapTableTests.time

  @Test func pushesOutWhoWasSeenLongestAgo() {
    let caps = CapTable(slots: 8)
    for user in 1...8 as ClosedRange<UInt64> {
      #expect(caps.reserve(once, account: account, user: user, at: time(Double(user))))
    }
    #expect(caps.evictions == 0)
    caps.book(once, account: account, user: 1, madeAt: time(9), wasReserved: false)
    #expect(caps.reserve(once, account: account, user: 9, at: time(10)))
    #expect(caps.evictions == 1)
    #expect(caps.allows(once, account: account, user: 2, at: time(10)))
    for user in [1, 3, 4, 5, 6, 7, 8, 9] as [UInt64] {
      #expect(!caps.allows(once, account: account, user: user, at: time(10)))
    }
  }

  @Test func takesASlotWhosePeriodIsOverBeforeOneThatCounts() {
    let caps = CapTable(slots: 8)
    let short = CapRule(impressions: 1, periodSeconds: 60)
    for user in 1...7 as ClosedRange<UInt64> {
      #expect(caps.reserve(once, account: account, user: user, at: time(0)))
    }
    #expect(caps.reserve(short, account: account, user: 8, at: time(50)))
    #expect(caps.reserve(once, account: account, user: 9, at: time(130)))
    #expect(caps.evictions == 0)
    for user in 1...7 as ClosedRange<UInt64> {
      #expect(!caps.allows(once, account: account, user: user, at: time(130)))
    }
  }

  @Test func takesASlotWithoutImpressionsBeforeOneThatCounts() {
    let caps = CapTable(slots: 8)
    for user in 1...8 as ClosedRange<UInt64> {
      #expect(caps.reserve(once, account: account, user: user, at: time(Double(user))))
    }
    caps.release(once, account: account, user: 5, madeAt: time(5))
    #expect(caps.reserve(once, account: account, user: 9, at: time(10)))
    #expect(caps.evictions == 0)
    for user in [1, 2, 3, 4, 6, 7, 8, 9] as [UInt64] {
      #expect(!caps.allows(once, account: account, user: user, at: time(10)))
    }
  }

  @Test func holdsWithinItsSlotsAndCountsEveryEviction() {
    let caps = CapTable(slots: 1 << 10)
    let users: UInt64 = 20_000
    for user in 1...users {
      #expect(caps.reserve(once, account: account, user: user, at: time(0)))
    }
    var capped = 0
    for user in 1...users
    where !caps.allows(once, account: account, user: user, at: time(0)) {
      capped += 1
    }
    #expect(capped == 1 << 10)
    #expect(caps.evictions == users - (1 << 10))
  }

  @Test func losesFewPairsAtHalfItsSlots() {
    let caps = CapTable(slots: 1 << 14)
    for user in 1...(1 << 13) as ClosedRange<UInt64> {
      #expect(caps.reserve(once, account: account, user: user, at: time(0)))
    }
    #expect(caps.evictions < (1 << 13) / 80)
  }
}
