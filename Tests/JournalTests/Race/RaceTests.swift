import AuctionTypes
import BudgetLedger
import FixedMemory
import LinuxIO
import Support
import Synchronization
import Testing

@testable import Journal

/// Workers, the ledger's thread and changes of documents at the same time, under `make race`.
@Suite struct RaceTests {
  private let seed: UInt64 = 20_261_123

  @Test func moneyIsExactWhileEverybodyWorks() async throws {
    let folder = "/tmp/nod-race-\(UInt64.random(in: 0...UInt64.max))"
    defer { try? Directory(folder).removeAll() }
    let disk = FolderDisk(folder)
    try disk.create()
    let market = try RaceMarket()
    let tallies = Mutex<[RaceWorker.Tally]>([])
    let adoptions = Atomic(0)
    let figures = Atomic(0)

    let ledger = try LedgerThread(
      options(disk, market), lanes: market.lanes, workerSignals: market.signals,
      cells: market.cells, caps: market.caps, figures: market.figures)
    market.snapshots.publish(RaceMarket.Snapshot(try ledger.adopt(RaceMarket.plan(0))))
    let worker: @Sendable (Int) -> @Sendable (Race) -> Void = { number in
      { race in
        var worker = RaceWorker(
          number, in: market, wake: ledger.wake, seed: self.seed + UInt64(number))
        worker.run(race)
        let tally = worker.tally
        tallies.withLock { $0.append(tally) }
      }
    }
    try await Race.run(
      (0..<RaceMarket.workers).map(worker) + [
        { race in
          while !race.isOver {
            let turn = adoptions.wrappingAdd(1, ordering: .relaxed).newValue
            guard let numbers = try? ledger.adopt(RaceMarket.plan(turn)) else { break }
            market.snapshots.publish(RaceMarket.Snapshot(numbers))
          }
        },
        { race in
          while !race.isOver { figures.add(Self.look(at: ledger, market), ordering: .relaxed) }
        },
      ])
    #expect(ledger.isWorking)
    ledger.stop()

    check(try LedgerReading(disk), tallies.withLock { $0 })
    #expect(adoptions.load(ordering: .relaxed) > 0)
    #expect(figures.load(ordering: .relaxed) > 0)
  }

  private func options(_ disk: FolderDisk, _ market: RaceMarket) -> LedgerOptions {
    var options = LedgerOptions(
      disk: disk, boot: RaceMarket.boot,
      settings: LedgerSettings(
        horizonSeconds: 1, lanes: RaceMarket.workers, reservations: 1 << 18))
    options.time = { market.time }
    options.now = { market.now }
    // Small, so that checkpoints are written beside the rest.
    options.segmentBytes = 1 << 14
    return options
  }

  /// Reads what metrics, the event log and the saving of caps read; returns how much that was.
  private static func look(at ledger: LedgerThread, _ market: RaceMarket) -> Int {
    var seen = 0
    for lane in market.lanes { while lane.events.pop() != nil { seen += 1 } }
    for number in 0..<8 {
      let account = AccountID(rawValue: UInt32(number))
      let settled = market.figures.settledNanos(account)
      if settled < 0 || market.figures.reservedNanos(account) < 0 { return -1 << 40 }
      if settled > 0, market.cells.state(of: account) == .open { seen += 1 }
    }
    var bytes: [UInt8] = []
    market.caps.write(into: &bytes)
    return seen + (ledger.isWorking ? 1 : 0) + ledger.creatives.count + min(bytes.count, 1)
  }

  /// What the ledger's folder says is what the workers were answered.
  private func check(_ reading: LedgerReading, _ tallies: [RaceWorker.Tally]) {
    #expect(reading.problems == [])
    #expect(reading.notes == [])
    #expect(tallies.count == RaceMarket.workers)
    #expect(tallies.allSatisfy { $0.failures == 0 }, "seed \(seed): \(tallies)")
    #expect(tallies.allSatisfy { $0.overtaken == 0 }, "seed \(seed): \(tallies)")
    let late = tallies.reduce(Money.zero) { $0 + $1.late }
    let settled = tallies.reduce(late) { $0 + $1.booked }
    let campaign = reading.accounts.first { $0.path == "acme/spring" }
    #expect(campaign?.settled == settled, "seed \(seed)")
    #expect(campaign?.late == late, "seed \(seed)")
    #expect(campaign?.notices == tallies.reduce(0) { $0 + $1.bookings })
    #expect(settled.nanos - late.nanos <= RaceMarket.largestBudget)
    #expect(settled > .zero)
  }
}
