import AuctionTypes
import BudgetLedger
import Testing

@Suite struct PacingTests {
  typealias Traffic = FlightSimulation.Traffic
  private static let budget: Int64 = 500_000_000

  private func simulation(
    _ pacing: PacingPlan, seconds: Int64, _ traffic: Traffic = Traffic(), seed: UInt64,
    isDaily: Bool = false, ofCampaign: Bool = true
  ) -> FlightSimulation {
    let simulation = FlightSimulation(traffic, seed: seed)
    let start = simulation.bench.time
    let limit = Money(nanos: Self.budget)
    let budget = isDaily ? BudgetPlan(daily: limit) : BudgetPlan(total: limit)
    simulation.bench.adopt(
      plan(
        [
          lineItem(
            budget: ofCampaign ? BudgetPlan() : budget, pacing: pacing, largestBid: 100_000)
        ],
        budget: ofCampaign ? budget : BudgetPlan(total: Money(nanos: 3 * Self.budget)),
        start: start, end: WallTime(milliseconds: start.milliseconds + seconds * 1_000)))
    return simulation
  }

  @Test(arguments: [
    (Traffic(), false, true), (Traffic(), true, true), (Traffic(), false, false),
    (Traffic(winRate: 0.8, delayMilliseconds: 10...100), true, false),
    (Traffic(winRate: 0.3, lossNotices: 0, windowSeconds: 2), false, true),
    (Traffic(attemptsPerTurn: 30, winRate: 1, delayMilliseconds: 10...20), false, true),
  ])
  func spendsEvenlyWithinATenthOfThePlan(
    traffic: Traffic, isDaily: Bool, ofCampaign: Bool
  ) {
    let simulation = simulation(
      .even, seconds: 100, traffic, seed: 1, isDaily: isDaily, ofCampaign: ofCampaign)
    for tenth in 1...10 {
      simulation.run(milliseconds: 10_000)
      let share = Double(simulation.spent) / Double(Self.budget) / (Double(tenth) / 10)
      #expect(share > 0.9 && share < 1.1, "\(share) of the plan at tenth \(tenth)")
    }
    #expect(simulation.bench.ledger.verify() == [])
  }

  @Test func leadsByAFifthWhenAhead() {
    let simulation = simulation(.ahead, seconds: 100, seed: 2)
    for tenth in 1...8 {
      simulation.run(milliseconds: 10_000)
      let share = Double(simulation.spent) / Double(Self.budget) / (Double(tenth) / 10)
      #expect(share > 1.08 && share < 1.32, "\(share) of the plan at tenth \(tenth)")
    }
  }

  @Test func spendsAsSoonAsPossible() {
    let simulation = simulation(.asap, seconds: 1_000, seed: 3)
    simulation.run(milliseconds: 40_000)
    #expect(simulation.spent > Self.budget * 99 / 100)
  }

  @Test(arguments: [PacingPlan.asap, .even], [UInt64(4), 5, 6])
  func deliversAFlightOfAMinute(pacing: PacingPlan, seed: UInt64) {
    let traffic = Traffic(attemptsPerTurn: 12, delayMilliseconds: 50...300)
    let simulation = simulation(pacing, seconds: 60, traffic, seed: seed)
    simulation.run(milliseconds: 60_000)
    simulation.run(milliseconds: 20_000, isBidding: false)
    let missing = 1 - Double(simulation.spent) / Double(Self.budget)
    #expect(missing <= 0.01 && missing >= 0, "\(missing) of the budget is left, seed \(seed)")
    #expect(simulation.bench.ledger.verify() == [])
  }

  @Test func saysThatThePaceStandsInTheWay() {
    let simulation = simulation(.even, seconds: 1_000, seed: 7)
    simulation.run(milliseconds: 2_000)
    let bench = simulation.bench
    let account = bench.account("a/c/l")
    while bench.bid("a/c/l", 100_000) != nil {}
    bench.turn()
    while bench.bid("a/c/l", 100_000) != nil {}
    bench.turn()
    #expect(bench.cells.state(of: account) == .paced)
  }

  @Test func keepsTheJournalSmallWhilePacing() {
    let simulation = simulation(.even, seconds: 100, seed: 8)
    simulation.run(milliseconds: 20_000)
    let grants = simulation.bench.figures.count(.grants)
    #expect(grants < 20 * 25, "\(grants) in 20 s")
  }

  @Test func anOpenFlightWithoutADailyBudgetIsNotPaced() {
    let bench = LedgerBench()
    bench.adopt(
      plan([lineItem(pacing: .even)], budget: BudgetPlan(total: Money(nanos: 1_000))))
    var bids = 0
    for _ in 0..<20 {
      while bench.bid("a/c/l", 100) != nil { bids += 1 }
      bench.turn()
    }
    #expect(bids == 10)
  }
}
