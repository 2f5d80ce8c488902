import AuctionTypes
import BudgetLedger
import FixedMemory
import Support
import Testing

@Suite struct CapSavingTests {
  private let account = AccountID(rawValue: 1)
  private let hourly = CapRule(impressions: 3, periodSeconds: 3_600)
  private let time = CapTableTests.time

  /// Users 1 to 100: one booked now, one tentative later, and for odd ones a third.
  private func filled() -> CapTable {
    let caps = CapTable(slots: 1 << 10)
    for user in 1...100 as ClosedRange<UInt64> {
      caps.book(hourly, account: account, user: user, madeAt: time(0), wasReserved: false)
      #expect(caps.reserve(hourly, account: account, user: user, at: time(600)))
      guard user % 2 == 1 else { continue }
      #expect(caps.reserve(hourly, account: account, user: user, at: time(1_200)))
    }
    #expect(caps.reserve(hourly, account: account, user: 101, at: time(0)))
    caps.release(hourly, account: account, user: 101, madeAt: time(0))
    return caps
  }

  private func restored(_ caps: CapTable, _ bytes: [UInt8], at seconds: Double) -> Bool {
    caps.restore(from: bytes.rawSpan, at: time(seconds))
  }

  @Test(arguments: [1 << 8, 1 << 10, 1 << 12])
  func countsOnAfterARestartWithATableOfAnySize(slots: Int) {
    var bytes: [UInt8] = [9, 9, 9]
    filled().write(into: &bytes)
    #expect(bytes.count == 3 + 16 + 100 * 33 + 50 * 8)
    let caps = CapTable(slots: slots)
    #expect(restored(caps, Array(bytes[3...]), at: 1_300))
    for user in 1...100 as ClosedRange<UInt64> {
      #expect(
        caps.allows(hourly, account: account, user: user, at: time(1_300)) == (user % 2 == 0))
      #expect(caps.allows(hourly, account: account, user: user, at: time(65 * 60)))
    }
    caps.release(hourly, account: account, user: 1, madeAt: time(1_200))
    #expect(caps.allows(hourly, account: account, user: 1, at: time(1_300)))
  }

  @Test func takesInNothingThatIsForgotten() {
    var bytes: [UInt8] = []
    filled().write(into: &bytes)
    let caps = CapTable(slots: 1 << 10)
    #expect(restored(caps, bytes, at: 10_000))
    var again: [UInt8] = []
    caps.write(into: &again)
    #expect(again.count == 16)
  }

  @Test func refusesEveryTruncationAndChangesNothing() {
    var bytes: [UInt8] = []
    filled().write(into: &bytes)
    let caps = CapTable(slots: 1 << 10)
    for count in 0..<bytes.count {
      let part = Array(bytes[..<count])
      #expect(!restored(caps, part, at: 1_300))
    }
    var empty: [UInt8] = []
    caps.write(into: &empty)
    #expect(empty.count == 16)
  }

  @Test func survivesFlippedAndRandomBytes() {
    var random = SeededGenerator(seed: 5)
    var bytes: [UInt8] = []
    filled().write(into: &bytes)
    for offset in bytes.indices {
      var damaged = bytes
      damaged[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      let caps = CapTable(slots: 64)
      _ = restored(caps, damaged, at: 1_300)
      _ = caps.reserve(hourly, account: account, user: 1, at: time(1_300))
    }
    for _ in 0..<2_000 {
      var noise = Array(bytes[..<16])
      for _ in 0..<Int.random(in: 0..<300, using: &random) {
        noise.append(.random(in: 0...255, using: &random))
      }
      _ = restored(CapTable(slots: 64), noise, at: 1_300)
    }
  }
}
