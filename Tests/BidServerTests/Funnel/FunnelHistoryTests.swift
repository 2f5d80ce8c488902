import AuctionTypes
import Support
import Testing

@testable import BidEngine
@testable import BidServer

@Suite struct FunnelHistoryTests {
  private let counters = FunnelCounters(workers: 2, accounts: 64)
  private static let audience = FunnelOutcome.refused(.audience)

  private static func minute(_ number: Double) -> Instant {
    Instant(nanoseconds: UInt64((1_000 + number) * 60_000_000_000))
  }

  /// Requests that a line item, or each of several, was refused for at its audience.
  private func refuse(_ count: UInt64, worker: Int = 0, accounts: Range<UInt32> = 0..<1) {
    counters.workers[worker].count(requests: count)
    for account in accounts {
      counters.workers[worker].count(
        outcome: Self.audience.index, account: account, requests: count)
    }
  }

  private func reading(
    _ history: FunnelHistory, _ account: UInt32 = 0, minutes: Int = 60, at time: Double
  ) -> FunnelReading {
    history.reading(
      of: AccountID(rawValue: account), minutes: minutes, at: Self.minute(time))
  }

  @Test func addsUpWorkersAndMinutes() {
    let history = FunnelHistory(counters, start: Self.minute(0))
    for minute in 1...5 {
      refuse(10)
      refuse(3, worker: 1)
      history.tick(at: Self.minute(Double(minute)), accounts: 4)
    }
    refuse(1)
    #expect(reading(history, at: 5.5)[Self.audience] == 66)
    #expect(reading(history, at: 5.5).requests == 66)
    #expect(reading(history, minutes: 2, at: 5.5)[Self.audience] == 27)
    #expect(reading(history, minutes: 2, at: 5.5).nanoseconds == 150_000_000_000)
    #expect(reading(history, minutes: 1, at: 5.0)[Self.audience] == 14)
    #expect(reading(history, 3, at: 5.5).requests == 0)
  }

  @Test func forgetsWhatIsOlderThanAnHour() {
    let history = FunnelHistory(counters, start: Self.minute(0))
    for minute in 1...200 {
      refuse(1)
      history.tick(at: Self.minute(Double(minute)), accounts: 1)
    }
    #expect(reading(history, at: 200).requests == 60)
    #expect(reading(history, at: 200).nanoseconds == 3_600_000_000_000)
    #expect(reading(history, minutes: 600, at: 200).requests == 61)
  }

  @Test func takesNoMinuteBeforeItHasPassed() {
    let history = FunnelHistory(counters, start: Self.minute(0))
    refuse(5)
    history.tick(at: Self.minute(0.5), accounts: 1)
    #expect(reading(history, minutes: 1, at: 0.9).nanoseconds == 54_000_000_000)
    history.tick(at: Self.minute(1.5), accounts: 1)
    refuse(2)
    #expect(reading(history, minutes: 1, at: 2.6).requests == 2)
    #expect(reading(history, minutes: 2, at: 2.6).requests == 7)
  }

  @Test func countsRequestsThatNoLineItemWasAskedForForEach() {
    let history = FunnelHistory(counters, start: Self.minute(0))
    refuse(30, accounts: 0..<2)
    counters.workers[0].count(requests: 10)
    counters.workers[0].countUnasked(.privacy, requests: 10)
    for account in 0..<2 as Range<UInt32> {
      let reading = reading(history, account, at: 0.5)
      #expect(reading[.refused(.privacy)] == 10)
      #expect(reading.requests == 40)
    }
  }

  @Test func aLineItemIsNotJudgedBeforeItIsThere() {
    let history = FunnelHistory(counters, start: Self.minute(0))
    refuse(90, accounts: 0..<1)
    counters.workers[0].count(requests: 10)
    counters.workers[0].countUnasked(.privacy, requests: 10)
    history.tick(at: Self.minute(1), accounts: 1)
    // From here on there is a second one; it is judged for a third of the next minute's requests.
    refuse(60, accounts: 0..<1)
    refuse(30, accounts: 0..<2)
    counters.workers[0].count(requests: 30)
    counters.workers[0].countUnasked(.privacy, requests: 30)
    history.tick(at: Self.minute(2), accounts: 2)
    let reading = reading(history, 1, at: 2)
    #expect(reading[Self.audience] == 30)
    #expect(reading[.refused(.privacy)] == 10)
    #expect(reading.nanoseconds == 60_000_000_000)
    #expect(self.reading(history, 0, at: 2).requests == 220)
  }

  @Test func keepsToItsBytes() {
    let history = FunnelHistory(counters, start: Self.minute(0), limit: 5_500)
    for minute in 1...20 {
      refuse(1)
      history.tick(at: Self.minute(Double(minute)), accounts: 1)
    }
    // A minute takes a little more than 1 KiB.
    #expect(reading(history, at: 20).requests == 5)
    #expect(reading(history, at: 20).nanoseconds == 300_000_000_000)
  }
}
