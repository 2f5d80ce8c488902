import AuctionTypes
import FixedMemory
import Support
import Testing

@testable import BudgetLedger

@Suite struct ReservationTableTests {
  private func entry(_ key: Int, window: UInt32, at now: UInt64) -> ReservationEntry {
    ReservationEntry(
      Reservation(
        bid: BidNumber(boot: 1, worker: UInt8(key % 3), sequence: UInt64(key)),
        account: AccountID(rawValue: 5), day: LocalDay(rawValue: 20_000),
        amount: Money(nanos: Int64(key)), madeAt: Instant(nanoseconds: now),
        time: WallTime(milliseconds: 1_773_144_000_123), windowSeconds: window, capUser: 9))
  }

  @Test func anEntryIsACacheLineAndKeepsWhatItIsGiven() {
    #expect(MemoryLayout<ReservationEntry>.size == 64)
    var entry = entry(1_000_001, window: 90_000, at: 5)
    #expect(entry.windowSeconds == LedgerLimits.windowSeconds)
    #expect(entry.time == WallTime(milliseconds: 1_773_144_000_123))
    #expect(entry.day == LocalDay(rawValue: 20_000))
    #expect(entry.worker == UInt8(1_000_001 % 3))
    #expect(entry.sequence == 1_000_001)
    entry.isWon = true
    for state in [ReservationEntry.State.settled, .released, .expired, .live] {
      entry.state = state
      #expect(entry.state == state)
      #expect(entry.isWon)
      #expect(entry.windowSeconds == LedgerLimits.windowSeconds)
    }
  }

  /// Random inserts, resolutions, moves and expiries beside a dictionary.
  @Test(arguments: [UInt64(11), 12, 13]) func agreesWithADictionary(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var now: UInt64 = 1 << 40
    var table = ReservationTable(capacity: 200, origin: Instant(nanoseconds: now))
    var plain: [Int: (isLive: Bool, end: UInt64)] = [:]
    var next = 1
    for step in 0..<20_000 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4:
        let live = plain.values.count { $0.isLive }
        let entry = entry(next, window: UInt32.random(in: 0...4, using: &random), at: now)
        let isIn = table.insert(entry)
        #expect(isIn == (live < 200))
        if isIn { plain[next] = (true, entry.expiresAt) }
        next += 1
      case 4..<7:
        guard let key = plain.keys.sorted().randomElement(using: &random) else { break }
        guard let place = place(key, table) else {
          #expect(plain[key]?.isLive == false, "seed \(seed), step \(step): a live one is gone")
          plain[key] = nil
          break
        }
        guard plain[key]!.isLive else { break }
        if Bool.random(using: &random) {
          let end = now + 3_000_000_000
          table.move(place, to: end)
          plain[key]!.end = end
        } else {
          table.resolve(place, as: .released)
          plain[key]!.isLive = false
        }
      default:
        now += UInt64.random(in: 0...200_000_000, using: &random)
        while let place = table.due(at: Instant(nanoseconds: now)) {
          let key = Int(table[place].sequence)
          #expect(plain[key]!.end >> 28 < now >> 28)
          if table[place].state == .live { table.resolve(place, as: .expired) }
          table.remove(place)
          plain[key] = nil
        }
        for (_, value) in plain where value.isLive { #expect(value.end >> 28 >= now >> 28) }
      }
      let (live, count) = (table.liveCount, table.count)
      #expect(live == plain.values.count { $0.isLive })
      #expect(count <= 200)
    }
  }

  private func place(_ key: Int, _ table: borrowing ReservationTable) -> Int? {
    table.place(of: BidNumber(boot: 1, worker: UInt8(key % 3), sequence: UInt64(key)))
  }

  @Test func whatHadEndedBeforeItCameIsDueNext() {
    var table = ReservationTable(capacity: 4, origin: Instant(nanoseconds: 50 << 30))
    let isIn = table.insert(entry(1, window: 0, at: 1))
    let early = table.due(at: Instant(nanoseconds: 50 << 30))
    let due = table.due(at: Instant(nanoseconds: 51 << 30))
    #expect(isIn && early == nil && due == 0)
  }

  @Test func aClockThatLeapsCostsNoMoreThanATurnOfTheWheel() {
    var table = ReservationTable(capacity: 4, origin: Instant(nanoseconds: 0))
    let late = Instant(nanoseconds: .max)
    let isIn = table.insert(entry(1, window: 86_400, at: 1))
    let due = table.due(at: late)
    #expect(isIn && due == 0)
    table.resolve(0, as: .expired)
    table.remove(0)
    let none = table.due(at: late)
    #expect(none == nil)
  }
}
