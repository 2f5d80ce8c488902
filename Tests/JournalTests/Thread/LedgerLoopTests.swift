import AuctionTypes
import BudgetLedger
import FixedMemory
import LinuxIO
import Testing

@testable import Journal

struct LedgerLoopTests {
  @Test func answersWaitForTheDisk() throws {
    let fixture = try LedgerFixture()
    let disk = SimulatedDisk()
    var loop = try fixture.loop(fixture.options(disk))
    #expect(try loop.adopt(LedgerFixture.plan()) != nil)
    let tokens = bids(1...2, fixture, &loop)
    let (token, second) = (try #require(tokens.first), try #require(tokens.last))
    fixture.notify(token)
    fixture.notify(second, .loss)
    disk.plan(.fail(5), atStep: 1)
    loop.turn()
    #expect(disk.steps.prefix(2) == [.write, .syncData])
    #expect(fixture.answers() == [1: .unavailable, 2: .unavailable])
    #expect(fixture.cells.isStopped)
    fixture.notify(token)
    loop.turn()
    #expect(fixture.answers() == [1: .unavailable])
  }

  @Test func nothingIsWrittenWhenNothingHappened() throws {
    let fixture = try LedgerFixture()
    let disk = SimulatedDisk()
    var loop = try fixture.loop(fixture.options(disk))
    #expect(try loop.adopt(LedgerFixture.plan()) != nil)
    disk.plan(.kill, atStep: .max)
    for _ in 0..<10 { loop.turn() }
    let token = try #require(fixture.bid(1))
    fixture.notify(token, .click)
    loop.turn()
    #expect(fixture.answers() == [1: .counted])
    #expect(disk.steps == [])
  }

  @Test func noAnswerIsLostWhereTheWorkerIsSlow() throws {
    let fixture = try LedgerFixture(laneNotices: 4)
    var loop = try fixture.loop(fixture.options(SimulatedDisk()))
    #expect(try loop.adopt(LedgerFixture.plan()) != nil)
    let tokens = bids(1...8, fixture, &loop)
    try #require(tokens.count == 8)
    let (first, second) = (tokens[..<4], tokens[4...])
    for token in first { #expect(fixture.notify(token)) }
    loop.turn()
    for token in second { #expect(fixture.notify(token)) }
    #expect(!fixture.notify(tokens[7]))
    loop.turn()
    #expect(fixture.answers().keys.sorted() == [1, 2, 3, 4])
    loop.turn()
    #expect(fixture.answers().keys.sorted() == [5, 6, 7, 8])
  }

  /// Bids of some numbers, with time in between for grants.
  private func bids(
    _ sequences: ClosedRange<UInt64>, _ fixture: LedgerFixture, _ loop: inout LedgerLoop
  ) -> [NoticeToken] {
    sequences.compactMap { sequence in
      for _ in 0..<100 {
        if let token = fixture.bid(sequence) { return token }
        fixture.advance(milliseconds: 11)
        loop.turn()
      }
      return nil
    }
  }

  @Test func checkpointsReplaceSegmentsThatNobodyFollows() throws {
    let fixture = try LedgerFixture()
    let disk = SimulatedDisk()
    var options = fixture.options(disk)
    let need = JournalNeed()
    options.need = need
    need.require(from: 2)
    var loop = try fixture.loop(options)
    #expect(try loop.adopt(LedgerFixture.plan()) != nil)
    var sequence: UInt64 = 0
    while loop.writer.position.segment < 5, sequence < 1_000 {
      fixture.advance(milliseconds: 11)
      sequence += 1
      if let token = fixture.bid(sequence) { fixture.notify(token) }
      loop.turn()
      _ = fixture.answers()
    }
    #expect(
      disk.files.keys.sorted() == [
        "checkpoint-00000005.ckpt", "journal-00000002.log", "journal-00000003.log",
        "journal-00000004.log", "journal-00000005.log",
      ])
    need.end()
    loop.finish()
    #expect(
      disk.files.keys.sorted() == [
        "caps.bin", "checkpoint-00000006.ckpt", "journal-00000006.log",
      ])
  }

  @Test func planQueueIsBounded() throws {
    let requests = LedgerRequests()
    for _ in 0..<JournalLimits.waitingPlans {
      #expect(try requests.add(.init(plan: LedgerPlan(), numbers: Outcome())))
    }
    #expect(try !requests.add(.init(plan: LedgerPlan(), numbers: Outcome())))
    #expect(requests.takePlans().count == JournalLimits.waitingPlans)
    #expect(try requests.add(.init(plan: LedgerPlan(), numbers: Outcome())))
  }

  @Test func capCountsAreSavedAndDamageIsPassedOver() throws {
    let rule = CapRule(impressions: 2, periodSeconds: 3_600)
    let (account, user) = (LedgerFixture.account, UInt64(77))
    let disk = SimulatedDisk()
    let fixture = try LedgerFixture()
    var loop = try fixture.loop(fixture.options(disk))
    #expect(fixture.caps.reserve(rule, account: account, user: user, at: fixture.time))
    #expect(fixture.caps.reserve(rule, account: account, user: user, at: fixture.time))
    loop.finish()
    let next = try LedgerFixture(boot: 2, milliseconds: 60_000)
    _ = try next.loop(next.options(disk))
    #expect(!next.caps.allows(rule, account: account, user: user, at: next.time))
    var files = disk.files
    files["caps.bin"]?[50] ^= 1
    let last = try LedgerFixture(boot: 3, milliseconds: 60_000)
    _ = try last.loop(last.options(SimulatedDisk(files: files)))
    #expect(last.caps.allows(rule, account: account, user: user, at: last.time))
    #expect(last.logged.withLock { $0.count } == 1)
  }
}
