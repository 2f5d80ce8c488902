import AuctionTypes
import BudgetLedger
import Testing

@Suite struct BudgetTests {
  private func limit(_ nanos: Int64) -> BudgetPlan { BudgetPlan(total: Money(nanos: nanos)) }

  /// Bids until nothing more can be had; all are booked at their price.
  private func spend(_ bench: LedgerBench, _ paths: [String], _ price: Int64) -> Int64 {
    var spent: Int64 = 0
    for _ in 0..<150 {
      for path in paths {
        while let token = bench.bid(path, price) {
          if bench.notify(.billing, token, paid: price) == .booked { spent += price }
        }
      }
      bench.turn()
    }
    return spent
  }

  static let levels: [(BudgetPlan, BudgetPlan, Int64)] = [
    (BudgetPlan(total: Money(nanos: 1_000)), BudgetPlan(), 1_000),
    (BudgetPlan(daily: Money(nanos: 700)), BudgetPlan(), 700),
    (BudgetPlan(total: Money(nanos: 1_000)), BudgetPlan(total: Money(nanos: 300)), 300),
    (BudgetPlan(total: Money(nanos: 1_000)), BudgetPlan(daily: Money(nanos: 200)), 200),
    (
      BudgetPlan(total: Money(nanos: 1_000), daily: Money(nanos: 500)),
      BudgetPlan(total: Money(nanos: 900), daily: Money(nanos: 600)), 500
    ),
    (BudgetPlan(total: .zero), BudgetPlan(), 0),
  ]

  @Test(arguments: levels)
  func theSmallestOfFourBudgetsLimits(campaign: BudgetPlan, own: BudgetPlan, most: Int64) {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem(budget: own)], budget: campaign))
    #expect(spend(bench, ["a/c/l"], 100) == most)
    #expect(bench.cells.state(of: bench.account("a/c/l")) == .exhausted)
    #expect(bench.ledger.verify() == [])
  }

  @Test func raisingGoesOnAndLoweringBelowTheSpentStopsAtOnce() {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()], budget: limit(1_000)))
    #expect(spend(bench, ["a/c/l"], 100) == 1_000)
    bench.adopt(plan([lineItem()], budget: limit(5_000)))
    #expect(bench.cells.amount(of: bench.account("a/c/l")) > .zero)
    #expect(bench.bid("a/c/l", 100) != nil)
    let numbers = bench.ledger.adopt(
      plan([lineItem()], budget: limit(900)), time: bench.time, now: bench.now)
    #expect(bench.cells.amount(of: numbers.accounts["a/c/l"]!) == .zero, "before any commit")
    bench.commit()
    #expect(bench.bid("a/c/l", 1) == nil)
    #expect(bench.summary("a/c").escrow == .zero)
    #expect(bench.summary("a/c").totalBudget == Money(nanos: 900))
    #expect(bench.ledger.verify() == [])
  }

  @Test func pausingEmptiesTheCellsAndOutstandingBidsStillSettle() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let (first, second) = (
      try #require(bench.bid("a/c/l", 100)), try #require(bench.bid("a/c/l", 100))
    )
    bench.adopt(plan([lineItem(isActive: false)]))
    #expect(bench.bid("a/c/l", 1) == nil)
    #expect(bench.notify(.billing, first, paid: 90) == .booked)
    #expect(bench.notify(.loss, second) == .released)
    bench.turn()
    #expect(bench.summary("a/c/l").escrow == .zero, "the loss went back to the budget")
    #expect(bench.summary("a/c/l").settled == Money(nanos: 90))
    bench.adopt(plan([lineItem()]))
    #expect(bench.bid("a/c/l", 100) != nil)
    bench.adopt(plan([lineItem()], isActive: false))
    #expect(bench.bid("a/c/l", 1) == nil)
    bench.adopt(LedgerPlan())
    #expect(bench.bid("a/c/l", 1) == nil)
    #expect(bench.summary("a/c/l").settled == Money(nanos: 90), "spend survives every change")
    #expect(bench.ledger.verify() == [])
  }

  @Test func aGrantOnItsWayIsTakenBackByAPause() {
    let bench = LedgerBench()
    bench.numbers = bench.ledger.adopt(plan([lineItem()]), time: bench.time, now: bench.now)
    _ = bench.ledger.adopt(
      plan([lineItem(isActive: false)]), time: bench.time, now: bench.now)
    bench.commit()
    #expect(bench.cells.amount(of: bench.account("a/c/l")) == .zero)
    #expect(bench.summary("a/c").escrow == .zero)
  }

  @Test func grantsReachTheirCellsOnlyOnceDurable() {
    let bench = LedgerBench()
    bench.numbers = bench.ledger.adopt(plan([lineItem()]), time: bench.time, now: bench.now)
    #expect(bench.cells.amount(of: bench.account("a/c/l")) == .zero)
    #expect(bench.bid("a/c/l", 1) == nil)
    bench.commit()
    #expect(bench.bid("a/c/l", 1) != nil)
  }

  @Test func idleSiblingsGiveUpWhatAnotherCanSpend() {
    let bench = LedgerBench()
    let lineItems = (0..<4).map { lineItem("a/c/\($0)") }
    bench.adopt(plan(lineItems, budget: limit(1_000)))
    #expect(spend(bench, ["a/c/2"], 100) == 1_000)
    #expect(bench.ledger.verify() == [])
  }

  @Test func siblingsThatAllBidSpendTheLastBid() {
    let bench = LedgerBench()
    let lineItems = (0..<4).map { lineItem("a/c/\($0)") }
    bench.adopt(plan(lineItems, budget: limit(1_050)))
    #expect(spend(bench, (0..<4).map { "a/c/\($0)" }, 100) == 1_000)
  }

  @Test func aRestBelowTheLargestBidIsSpentBySmallerOnes() {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem(), lineItem("a/c/m")], budget: limit(1_050)))
    #expect(spend(bench, ["a/c/l"], 100) == 1_000)
    #expect(spend(bench, ["a/c/m"], 50) == 50)
  }

  @Test func lateBookingsAreTheOnlyWayPastABudgetAndStopGrants() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()], budget: limit(400)))
    let late = try #require(bench.bid("a/c/l", 100, window: 1))
    bench.turn(after: 2_000)
    #expect(spend(bench, ["a/c/l"], 100) == 400)
    #expect(bench.notify(.billing, late, paid: 100) == .late)
    #expect(bench.summary("a/c").settled == Money(nanos: 500))
    bench.adopt(plan([lineItem()], budget: limit(450)))
    #expect(spend(bench, ["a/c/l"], 10) == 0)
    bench.adopt(plan([lineItem()], budget: limit(520)))
    #expect(spend(bench, ["a/c/l"], 10) == 20)
  }

  @Test func aLossWhileOverdrawnDoesNotBidAgain() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()], budget: limit(200)))
    let late = try #require(bench.bid("a/c/l", 100, window: 1))
    bench.turn(after: 2_000)
    for _ in 0..<20 { bench.turn() }
    let (first, second) = (
      try #require(bench.bid("a/c/l", 100)), try #require(bench.bid("a/c/l", 100))
    )
    #expect(bench.notify(.billing, late, paid: 100) == .late)
    #expect(bench.notify(.loss, first) == .released)
    for _ in 0..<20 { bench.turn() }
    #expect(bench.bid("a/c/l", 1) == nil)
    #expect(bench.notify(.billing, second, paid: 100) == .booked)
    #expect(bench.summary("a/c").settled == Money(nanos: 200))
  }

  @Test func idleEscrowGoesBackToABudget() {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()], budget: limit(1_000_000)))
    for _ in 0..<60 {
      for _ in 0..<200 {
        if let token = bench.bid("a/c/l", 100) { _ = bench.notify(.billing, token, paid: 1) }
      }
      bench.turn()
    }
    let burst = Money(nanos: 100 * LedgerLimits.burstBids)
    #expect(bench.summary("a/c").escrow > burst + burst)
    for _ in 0..<500 { bench.turn() }
    #expect(bench.summary("a/c").escrow <= burst)
  }

  @Test func stopsForGoodWhenTheJournalFails() {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    bench.ledger.stop()
    #expect(bench.bid("a/c/l", 1) == nil)
    bench.turn()
    #expect(bench.bid("a/c/l", 1) == nil)
  }

  @Test func aCleanStopReturnsAllEscrow() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let token = try #require(bench.bid("a/c/l", 100))
    bench.ledger.finish(time: bench.time)
    #expect(bench.bid("a/c/l", 1) == nil)
    #expect(bench.notify(.loss, token) == .released)
    bench.turn()
    #expect(bench.summary("a/c").escrow == .zero)
    #expect(bench.cells.amount(of: bench.account("a/c/l")) == .zero)
    #expect(bench.ledger.verify() == [])
  }
}
