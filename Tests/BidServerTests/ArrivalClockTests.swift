import Testing

@testable import BidServer

@Suite struct ArrivalClockTests {
  /// A wait: when it began and returned in microseconds, whether it saw all, and when bytes of it
  /// are taken to have come that belong to a connection that was last read at some time.
  struct Wait {
    let from: UInt64
    let to: UInt64
    var sawAll = true
    var lastRead: UInt64 = 0
    let arrival: UInt64
  }

  @Test(arguments: [
    // Slept: the bytes are new.
    [Wait(from: 10, to: 1_000, arrival: 1_000)],
    // Did not sleep: they came while the turn before was served.
    [Wait(from: 10, to: 1_000, arrival: 1_000), Wait(from: 1_400, to: 1_401, arrival: 1_000)],
    // … but not before the peer had its last answer.
    [
      Wait(from: 10, to: 1_000, arrival: 1_000),
      Wait(from: 1_400, to: 1_401, lastRead: 1_300, arrival: 1_300),
    ],
    // Full waits leave others behind, who have waited since all was seen for the last time.
    [
      Wait(from: 10, to: 1_000, arrival: 1_000),
      Wait(from: 3_000, to: 3_001, sawAll: false, arrival: 1_000),
      Wait(from: 5_000, to: 5_001, sawAll: false, arrival: 1_000),
      Wait(from: 7_000, to: 7_001, arrival: 1_000),
      Wait(from: 9_000, to: 9_001, arrival: 7_001),
    ],
    // A slow wait that was full did not sleep for want of events.
    [
      Wait(from: 10, to: 1_000, arrival: 1_000),
      Wait(from: 3_000, to: 3_900, sawAll: false, arrival: 1_000),
    ],
  ])
  func overratesTheAgeByATurnAtMost(_ waits: [Wait]) {
    var clock = ArrivalClock(now: 0)
    for wait in waits {
      clock.waited(from: wait.from * 1_000, to: wait.to * 1_000, sawAll: wait.sawAll)
      #expect(clock.arrival(lastRead: wait.lastRead * 1_000) == wait.arrival * 1_000)
    }
  }
}
