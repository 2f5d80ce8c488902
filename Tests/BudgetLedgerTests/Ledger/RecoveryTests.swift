import AuctionTypes
import BudgetLedger
import FixedMemory
import Support
import Testing

@Suite struct RecoveryTests {
  private func limit(_ nanos: Int64) -> BudgetPlan { BudgetPlan(total: Money(nanos: nanos)) }

  @Test func unsettledEscrowIsHeldForTheHorizonAndThenReleased() throws {
    let bench = LedgerBench(horizonSeconds: 30)
    let document = plan([lineItem()], budget: limit(400))
    bench.adopt(document)
    let token = try #require(bench.bid("a/c/l", 100, window: 30))
    let granted = bench.summary("a/c").escrow.nanos + 100
    try bench.crash(downFor: 5_000)
    bench.adopt(document)
    #expect(bench.summary("a/c").reserved == .zero)
    #expect(granted == 200, "half of the budget")
    #expect(bench.cells.amount(of: bench.account("a/c/l")) == Money(nanos: 100), "of the rest")
    #expect(bench.summary("a/c").escrow == Money(nanos: 300))
    #expect(bench.notify(.billing, token, paid: 90) == .booked, "within its window")
    #expect(bench.notify(.billing, token, paid: 90) == .duplicate)
    bench.turn(after: 29_000)
    #expect(bench.figures.escrowNanos(bench.account("a/c")) > 0)
    let held =
      bench.summary("a/c").escrow.nanos - bench.cells.amount(of: bench.account("a/c/l")).nanos
    #expect(held == granted - 100)
    bench.turn(after: 2_000)
    for _ in 0..<20 { bench.turn() }
    #expect(bench.summary("a/c").escrow == bench.cells.amount(of: bench.account("a/c/l")))
    #expect(bench.ledger.verify() == [])
  }

  @Test func aNoticeAfterACrashAndItsWindowIsLate() throws {
    let bench = LedgerBench(horizonSeconds: 30)
    bench.adopt(plan([lineItem()]))
    let token = try #require(bench.bid("a/c/l", 100, window: 10))
    try bench.crash(downFor: 10_001)
    #expect(bench.notify(.billing, token, paid: 90) == .late)
    #expect(bench.ledger.verify() == [])
  }

  @Test(arguments: [true, false]) func aWinKeepsItsAmountAcrossACrash(before: Bool) throws {
    let bench = LedgerBench(horizonSeconds: 10)
    bench.adopt(plan([lineItem()], budget: limit(400)))
    let token = try #require(bench.bid("a/c/l", 100, window: 10))
    bench.turn(after: 8_000)
    if before { #expect(bench.notify(.win, token) == .extended) }
    bench.commit()
    try bench.crash(downFor: 1_000)
    if !before { #expect(bench.notify(.win, token) == .extended) }
    #expect(bench.notify(.win, token) == .counted)
    bench.turn(after: 8_900)
    #expect(bench.notify(.billing, token, paid: 90) == .booked, "17.9 s after the bid")
    bench.turn(after: 30_000)
    #expect(bench.summary("a/c").settled == Money(nanos: 90))
    #expect(bench.ledger.verify() == [])
  }

  @Test func aWinThatIsNeverBilledIsReleasedOnce() throws {
    let bench = LedgerBench(horizonSeconds: 10)
    bench.adopt(plan([lineItem()], budget: limit(400)))
    let token = try #require(bench.bid("a/c/l", 100, window: 10))
    bench.turn()
    try bench.crash()
    #expect(bench.notify(.win, token) == .extended)
    for _ in 0..<60 { bench.turn(after: 1_000) }
    #expect(bench.summary("a/c").escrow == .zero)
    #expect(bench.notify(.billing, token, paid: 90) == .late)
    #expect(bench.ledger.verify() == [])
  }

  @Test func aLargerWindowRaisesTheHorizon() throws {
    let bench = LedgerBench(horizonSeconds: 10)
    bench.adopt(plan([lineItem()]))
    let token = try #require(bench.bid("a/c/l", 100, window: 100))
    bench.commit()
    try bench.crash()
    bench.turn(after: 50_000)
    #expect(bench.notify(.billing, token, paid: 90) == .booked)
  }

  @Test func manyCrashesInARowHoldEachNanoOnce() throws {
    let bench = LedgerBench(horizonSeconds: 10)
    let document = plan([lineItem()], budget: limit(1_000))
    var tokens: [NoticeToken] = []
    for _ in 0..<5 {
      bench.adopt(document)
      if let token = bench.bid("a/c/l", 100, window: 10) { tokens.append(token) }
      try bench.crash(downFor: 100)
      #expect(bench.ledger.verify() == [])
    }
    #expect(tokens.count >= 3)
    for token in tokens { #expect(bench.notify(.billing, token, paid: 100) == .booked) }
    #expect(bench.summary("a/c").settled == Money(nanos: Int64(tokens.count) * 100))
    for _ in 0..<60 { bench.turn(after: 1_000) }
    #expect(bench.summary("a/c").escrow == .zero)
  }

  @Test func numbersAreKeptAcrossRestartsAndDocuments() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem(), lineItem("a/c/m")]))
    let (l, m) = (bench.account("a/c/l"), bench.account("a/c/m"))
    try bench.crash()
    bench.adopt(plan([lineItem("a/c/m"), lineItem("a/c/n")]))
    #expect(bench.account("a/c/l") == l)
    #expect(bench.account("a/c/m") == m)
    #expect(bench.account("a/c/n").rawValue == 3)
    #expect(bench.numbers.exchanges == ["example": ExchangeID(rawValue: 0)])
    #expect(bench.numbers.creatives == ["a/cr": CreativeID(rawValue: 0)])
    let creatives = bench.ledger.creatives
    #expect(creatives == [CreativePlan(path: "a/cr", landingURL: "https://a.example/")])
  }

  @Test func aFrameThatOverdrawsABudgetIsDamage() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()], budget: limit(400)))
    bench.commit()
    var frame: [UInt8] = []
    JournalRecord.grant(
      EscrowRecord(
        account: bench.account("a/c/l"), day: bench.cells.day(of: bench.account("a/c/l")),
        amount: Money(nanos: 400))
    ).write(into: &frame)
    bench.frames.append(frame)
    #expect(throws: LedgerDamage.self) { _ = try bench.reopened() }
  }

  @Test func aFrameThatComesTwiceIsDamage() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let token = try #require(bench.bid("a/c/l", 100))
    _ = bench.notify(.billing, token, paid: 10)
    bench.commit()
    bench.frames.append(bench.frames.last!)
    #expect(throws: LedgerDamage.self) { _ = try bench.reopened() }
  }

  /// Random bytes, random records, and a checkpoint with random damage throw or are taken in; they
  /// never stop the process.
  @Test func neverCrashesOnAnyBytes() throws {
    var random = SeededGenerator(seed: 0xF00D)
    let bench = LedgerBench()
    bench.adopt(plan([lineItem(), lineItem("a/c/m")]))
    for _ in 0..<20 {
      if let token = bench.bid("a/c/l", 10) { _ = bench.notify(.billing, token, paid: 5) }
    }
    bench.commit()
    var checkpoint: [UInt8] = []
    bench.ledger.checkpoint(into: &checkpoint)
    var refused = 0
    for round in 0..<3_000 {
      let source = round % 3 == 0 ? checkpoint : bench.frames.randomElement(using: &random)!
      var bytes = source
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = UInt8(
          truncatingIfNeeded: random.next())
      }
      if round % 7 == 0 {
        bytes = (0..<200).map { _ in UInt8.random(in: 0...15, using: &random) }
      }
      if !isTaken(bytes, isCheckpoint: round % 3 == 0) { refused += 1 }
    }
    #expect(refused > 1_500, "seed 0xF00D")
  }

  private func isTaken(_ bytes: [UInt8], isCheckpoint: Bool) -> Bool {
    var ledger = Ledger(
      cells: EscrowCells(accounts: 64), caps: CapTable(slots: 64),
      figures: LedgerFigures(accounts: 64), settings: LedgerSettings(frameBytes: 1 << 16))
    do {
      if isCheckpoint {
        try ledger.restore(checkpoint: bytes.rawSpan)
      } else {
        try ledger.replay(bytes.rawSpan)
      }
    } catch {
      return false
    }
    _ = ledger.verify()
    return true
  }
}
