import AuctionTypes
import BudgetLedger
import LinuxIO
import Synchronization
import Testing

@Suite struct CapRaceTests {
  private static let threads = 4

  /// Runs a body on several threads at once.
  private func together(_ body: @escaping @Sendable (Int) -> Void) throws {
    let waiting = Atomic(Self.threads)
    let waits = Box(waiting)
    let started = try (0..<Self.threads).map { index in
      try Thread(name: "caps") {
        waits.value.subtract(1, ordering: .acquiringAndReleasing)
        while waits.value.load(ordering: .acquiring) > 0 {}
        body(index)
      }
    }
    for thread in started { thread.join() }
  }

  private final class Box: Sendable {
    let value: Atomic<Int>

    init(_ value: consuming Atomic<Int>) { self.value = value }
  }

  @Test func neverGivesAUserMoreThanTheCapFromSeveralThreads() throws {
    let account = AccountID(rawValue: 3)
    let caps = CapTable(slots: 1 << 15)
    let users: UInt64 = 1_500
    let rule = CapRule(impressions: 5, periodSeconds: 3_600)
    let counts = (0...users).map { _ in Box(Atomic(0)) }
    try together { index in
      for user in 1...users {
        for attempt in 0..<4 {
          let time = CapTableTests.time(Double(attempt * 300 + index))
          if caps.reserve(rule, account: account, user: user, at: time) {
            counts[Int(user)].value.add(1, ordering: .relaxed)
          }
        }
      }
    }
    #expect(caps.evictions == 0)
    let most = counts.map { $0.value.load(ordering: .relaxed) }.max()
    #expect(most == 5)
    for user in 1...users {
      #expect(counts[Int(user)].value.load(ordering: .relaxed) <= 5)
    }
  }

  @Test func endsEvenWhereAllThreadsReserveReleaseAndBookOneUser() throws {
    let account = AccountID(rawValue: 3)
    let caps = CapTable(slots: 8)
    let rule = CapRule(impressions: 1_000, periodSeconds: 3_600)
    let booked = Box(Atomic(0))
    try together { index in
      for round in 0..<3_000 {
        let time = CapTableTests.time(Double(round) / 10)
        guard caps.reserve(rule, account: account, user: 1, at: time) else { continue }
        if round % 10 == index {
          caps.book(rule, account: account, user: 1, madeAt: time, wasReserved: true)
          booked.value.add(1, ordering: .relaxed)
        } else {
          caps.release(rule, account: account, user: 1, madeAt: time)
        }
      }
    }
    let now = CapTableTests.time(301)
    var left = 0
    while caps.reserve(rule, account: account, user: 1, at: now) { left += 1 }
    #expect(left + booked.value.load(ordering: .relaxed) == 1_000)
  }

  @Test func survivesThreadsThatPushEachOthersUsersOut() throws {
    let account = AccountID(rawValue: 3)
    let caps = CapTable(slots: 8)
    let rule = CapRule(impressions: 3, periodSeconds: 3_600)
    try together { index in
      for round in 0..<20_000 as Range<UInt64> {
        let user = (round &* 7 &+ UInt64(index)) % 24 + 1
        let time = CapTableTests.time(Double(round) / 100)
        guard caps.reserve(rule, account: account, user: user, at: time) else { continue }
        if round % 3 == 0 { caps.release(rule, account: account, user: user, madeAt: time) }
        if round % 3 == 1 {
          caps.book(rule, account: account, user: user, madeAt: time, wasReserved: true)
        }
      }
    }
    #expect(caps.evictions > 0)
    let later = CapTableTests.time(10_000)
    for user in 1...8 as ClosedRange<UInt64> {
      for _ in 0..<3 {
        #expect(caps.reserve(rule, account: account, user: user, at: later))
      }
      #expect(!caps.reserve(rule, account: account, user: user, at: later))
    }
  }
}
