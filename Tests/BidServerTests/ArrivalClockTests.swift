import AuctionTypes
import Testing

@testable import BidServer

@Suite struct ArrivalClockTests {
  /// A wait: when it began and returned in microseconds, whether it saw all, and when bytes of it
  /// are taken to have come of a connection that was last read at some time; perhaps that
  /// read left bytes behind those that had come at another.
  struct Wait {
    let from: UInt64
    let to: UInt64
    var maySleep = true
    var sawAll = true
    var lastRead: UInt64 = 0
    var left: UInt64?
    var readBefore: UInt64?
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
    // What a read left is as old as what it took …
    [
      Wait(from: 10, to: 1_000, arrival: 1_000),
      Wait(from: 1_400, to: 1_401, lastRead: 1_000, left: 1_000, arrival: 1_000),
      Wait(from: 1_900, to: 1_901, lastRead: 1_401, left: 1_000, arrival: 1_000),
    ],
    // … also what came while nobody looked, an answer being in the way for long.
    [
      Wait(from: 10, to: 9_000, arrival: 9_000),
      Wait(from: 9_100, to: 9_101, lastRead: 9_000, left: 700, arrival: 700),
    ],
    // But where a wait in between did not report it, or slept, nothing was left.
    [
      Wait(from: 10, to: 1_000, arrival: 1_000),
      Wait(from: 1_400, to: 1_401, arrival: 1_000),
      Wait(from: 1_900, to: 1_901, lastRead: 1_000, left: 700, arrival: 1_401),
      Wait(from: 2_000, to: 3_000, lastRead: 1_901, left: 700, arrival: 3_000),
    ],
    // The kernel takes connections in turns: where one comes again, all that were ready when the
    // full waits began have come before it.
    [
      Wait(from: 10, to: 1_000, arrival: 1_000),
      Wait(from: 3_000, to: 3_001, sawAll: false, readBefore: 900, arrival: 1_000),
      Wait(from: 5_000, to: 5_001, sawAll: false, readBefore: 3_001, arrival: 1_000),
      Wait(from: 7_000, to: 7_001, sawAll: false, readBefore: 3_001, arrival: 1_000),
      Wait(from: 9_000, to: 9_001, sawAll: false, readBefore: 7_001, arrival: 1_000),
      Wait(from: 11_000, to: 11_001, sawAll: false, readBefore: 7_001, arrival: 5_001),
      Wait(from: 13_000, to: 13_001, sawAll: true, arrival: 5_001),
      Wait(from: 15_000, to: 15_001, sawAll: true, arrival: 13_001),
    ],
    // A burst that ended a sleep is new, all of it, also one after the other …
    [
      Wait(from: 10, to: 1_000, arrival: 1_000),
      Wait(from: 3_000, to: 903_000, sawAll: false, arrival: 903_000),
      Wait(from: 910_000, to: 910_001, maySleep: false, arrival: 903_000),
      Wait(from: 910_001, to: 1_410_000, sawAll: false, arrival: 1_410_000),
    ],
    // … but a look that took long was kept from running, not asleep.
    [
      Wait(from: 10, to: 1_000, arrival: 1_000),
      Wait(from: 3_000, to: 903_000, sawAll: false, arrival: 903_000),
      Wait(from: 904_000, to: 904_001, maySleep: false, sawAll: false, arrival: 903_000),
      Wait(from: 905_000, to: 906_000, maySleep: false, sawAll: false, arrival: 903_000),
      Wait(from: 907_000, to: 908_000, maySleep: false, arrival: 903_000),
      Wait(from: 908_000, to: 908_001, arrival: 908_000),
    ],
  ])
  func knowsTheEarliestThatBytesCanHaveCome(_ waits: [Wait]) {
    var clock = ArrivalClock(now: 0)
    for wait in waits {
      clock.waited(
        from: wait.from * 1_000, to: wait.to * 1_000, maySleep: wait.maySleep, sawAll: wait.sawAll)
      let last = ArrivalClock.LastRead(
        at: wait.lastRead * 1_000, arrival: (wait.left ?? 0) * 1_000, leftSome: wait.left != nil)
      #expect(clock.arrival(after: last) == wait.arrival * 1_000)
      if let time = wait.readBefore {
        clock.reported(lastReadAt: time * 1_000, now: wait.to * 1_000)
      }
    }
  }

  /// A wait in milliseconds, and whether more comes than is answered after it.
  struct Pressure {
    let from: UInt64
    let to: UInt64
    var sawAll = true
    let isPressed: Bool
  }

  @Test(arguments: [
    // Turns of three milliseconds, one after the other, answer all that comes.
    (UInt64(0)..<100).map { Pressure(from: 3 * $0, to: 3 * $0, isPressed: false) },
    // A burst that is over within 100 ms, though its turns are long.
    [
      Pressure(from: 1, to: 100, isPressed: false), Pressure(from: 150, to: 150, isPressed: false),
      Pressure(from: 199, to: 199, isPressed: false),
      Pressure(from: 201, to: 202, isPressed: false),
    ],
    // A thread that was kept from running for long is no rush either.
    [
      Pressure(from: 1, to: 100, isPressed: false), Pressure(from: 250, to: 250, isPressed: false),
      Pressure(from: 252, to: 252, isPressed: false),
    ],
    // What lasts is no burst, until all that a wait finds is new.
    [
      Pressure(from: 1, to: 100, isPressed: false), Pressure(from: 150, to: 150, isPressed: false),
      Pressure(from: 230, to: 230, isPressed: false), Pressure(from: 251, to: 251, isPressed: true),
      Pressure(from: 270, to: 270, isPressed: true), Pressure(from: 273, to: 273, isPressed: false),
    ],
    // Waits that are full leave others behind, however short the turns.
    (UInt64(1)..<60).map {
      Pressure(from: 3 * $0, to: 3 * $0, sawAll: false, isPressed: 3 * $0 > 106)
    },
    // Who slept has nothing to do.
    [Pressure(from: 1, to: 900, isPressed: false)],
  ])
  func isPressedWhereMoreComesThanIsAnsweredForLong(_ waits: [Pressure]) {
    var clock = ArrivalClock(now: 0)
    for wait in waits {
      clock.waited(
        from: wait.from * 1_000_000, to: wait.to * 1_000_000, maySleep: true, sawAll: wait.sawAll)
      #expect(clock.isPressed == wait.isPressed, "after \(wait.to) ms")
    }
  }
}

@Suite struct AdmissionTests {
  static let ages: [(UInt64, Int, Bool, NoBidReason?)] = [
    (0, 90, false, nil), (89, 90, false, nil), (90, 90, false, .deadline),
    (22, 90, true, nil), (23, 90, true, .shed), (89, 90, true, .shed), (90, 90, true, .deadline),
    (0, 0, false, .deadline), (0, 0, true, .deadline),
  ]

  @Test(arguments: ages) func turnsDownByAge(
    _ milliseconds: UInt64, _ answerMilliseconds: Int, _ isPressed: Bool, _ reason: NoBidReason?
  ) {
    #expect(
      Admission.refusal(
        age: milliseconds * 1_000_000, answerMilliseconds: answerMilliseconds,
        isPressed: isPressed) == reason)
  }
}
