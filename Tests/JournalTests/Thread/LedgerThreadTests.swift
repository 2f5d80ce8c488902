import AuctionTypes
import BudgetLedger
import FixedMemory
import LinuxIO
import Support
import Synchronization
import Testing

@testable import Journal

struct LedgerThreadTests {
  /// A folder of its own, removed by the test that made it.
  private func folder() throws -> Directory {
    let nonce = UInt64.random(in: 0...UInt64.max)
    return Directory("/tmp/nod-journal-\(String(nonce, radix: 36))")
  }

  private func options(_ fixture: LedgerFixture, _ disk: any JournalDisk) -> LedgerOptions {
    var options = fixture.options(disk)
    options.hasBackground = true
    options.time = { WallTime(milliseconds: Clock.realtimeMilliseconds()) }
    options.now = { Instant(nanoseconds: Clock.monotonicNanoseconds()) }
    return options
  }

  /// Waits for answers of some connections, as a worker does.
  private func answers(_ fixture: LedgerFixture, count: Int) throws -> [UInt64: NoticeResult] {
    var poller = try Poller(capacity: 1)
    try poller.add(fixture.workerSignals[0].descriptor, token: 0)
    var answers: [UInt64: NoticeResult] = [:]
    let end = Clock.monotonicNanoseconds() + UInt64(Patience.milliseconds) * 1_000_000
    while answers.count < count, Clock.monotonicNanoseconds() < end {
      _ = poller.wait(timeoutMilliseconds: 100)
      fixture.workerSignals[0].clear()
      answers.merge(fixture.answers()) { $1 }
    }
    return answers
  }

  @Test func bookingsOutliveTheProcess() async throws {
    let folder = try folder()
    defer { try? folder.removeAll() }
    try await onOwnThread {
      let disk = FolderDisk(folder.directory("ledger").path)
      try disk.create()
      let fixture = try LedgerFixture()
      let thread = try fixture.thread(options(fixture, disk))
      let numbers = try thread.adopt(LedgerFixture.plan())
      #expect(numbers.accounts[LedgerFixture.lineItem] == LedgerFixture.account)
      #expect(thread.creatives.map(\.path) == ["acme/banner"])
      let escrow = fixture.cells.amount(of: LedgerFixture.account)
      #expect(escrow.nanos >= 1_000)
      let token = try #require(fixture.bid(3))
      fixture.notify(token)
      thread.wake.signal()
      #expect(try answers(fixture, count: 1) == [3: .booked])
      #expect(fixture.figures.settledNanos(LedgerFixture.account) == 503)
      #expect(thread.syncDurations.buckets.reduce(0, +) >= 3)
      thread.stop()
      let reading = try LedgerThread.read(folder.directory("ledger").path)
      let line = reading.accounts.first { $0.path == LedgerFixture.lineItem }
      #expect(line?.settled == Money(nanos: 503))
      #expect(line?.escrow == .zero)
      #expect(reading.problems == [])
      #expect(reading.notes == [])
    }
  }

  @Test func startIsRefusedOnDamage() async throws {
    let fixture = try LedgerFixture()
    let disk = SimulatedDisk(files: ["journal-00000002.log": [1, 2, 3]])
    try await onOwnThread {
      let damage = #expect(throws: JournalDamage.self) {
        try fixture.thread(fixture.options(disk))
      }
      #expect(damage?.path == "disk/journal-00000001.log")
      let reading = try LedgerReading(disk)
      #expect(reading.problems.count == 1)
    }
  }

  @Test func plansAreRefusedOnceTheJournalFailed() async throws {
    let fixture = try LedgerFixture()
    let disk = SimulatedDisk()
    try await onOwnThread {
      let thread = try fixture.thread(fixture.options(disk))
      #expect(thread.isWorking)
      disk.plan(.failForGood(28), atStep: 0)
      #expect(throws: LedgerUnavailable.self) { try thread.adopt(LedgerFixture.plan()) }
      #expect(!thread.isWorking)
      #expect(fixture.cells.isStopped)
      #expect(throws: LedgerUnavailable.self) { try thread.adopt(LedgerFixture.plan()) }
      thread.stop()
      #expect(throws: LedgerUnavailable.self) { try thread.adopt(LedgerFixture.plan()) }
    }
  }

  /// Each worker bids on its own lane and sends the notices of another's bids: none is applied
  /// before its reservation, or it would be late.
  @Test func noticesNeverOvertakeReservations() async throws {
    let workers = 3
    let bids: UInt64 = 1_000
    let fixture = try LedgerFixture(lanes: workers, laneNotices: 64)
    try await onOwnThread {
      let thread = try fixture.thread(options(fixture, SimulatedDisk()))
      _ = try thread.adopt(LedgerFixture.plan(totalNanos: 1 << 40))
      let mailboxes = (0..<workers).map { _ in RingQueue<NoticeToken>(capacity: 64) }
      let threads = try (0..<workers).map { worker in
        try Thread(name: "worker") {
          Self.work(fixture, thread, worker, bids, mailboxes)
        }
      }
      for thread in threads { thread.join() }
      thread.stop()
      let booked = fixture.figures.count(kind: .billing, result: .booked)
      #expect(booked == UInt64(workers) * bids)
      #expect(fixture.figures.count(kind: .billing, result: .late) == 0)
      #expect(fixture.figures.reservedNanos(LedgerFixture.account) == 0)
    }
  }

  private static func work(
    _ fixture: LedgerFixture, _ thread: LedgerThread, _ worker: Int, _ bids: UInt64,
    _ mailboxes: [RingQueue<NoticeToken>]
  ) {
    let next = mailboxes[(worker + 1) % mailboxes.count]
    var sequence: UInt64 = 0
    var answered: UInt64 = 0
    let end = Clock.monotonicNanoseconds() + 20_000_000_000
    while sequence < bids || answered < bids, Clock.monotonicNanoseconds() < end {
      if sequence < bids, next.hasRoom(for: 1),
        fixture.lanes[worker].reservations.hasRoom(for: 1),
        let token = fixture.bid(sequence + 1, worker: worker)
      {
        sequence += 1
        precondition(next.push(token))
      }
      if fixture.lanes[worker].notices.hasRoom(for: 1), let token = mailboxes[worker].pop() {
        precondition(fixture.notify(token, lane: worker))
        thread.wake.signal()
      }
      while let answer = fixture.lanes[worker].answers.pop() {
        precondition(answer.result == .booked, "\(answer)")
        answered += 1
      }
    }
  }
}
