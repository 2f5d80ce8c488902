import AuctionTypes
import BudgetLedger
import Testing

@Suite struct AdoptTests {
  @Test func aCurrencyIsFixedAfterTheFirstSpend() throws {
    let bench = LedgerBench()
    let euro = CurrencyCode("EUR")!
    bench.adopt(plan([lineItem()]))
    bench.adopt(plan([lineItem()], currency: euro))
    #expect(bench.refusals == [], "nothing was spent")
    #expect(bench.summary("a/c").currency == euro)
    #expect(bench.summary("a/c/l").currency == euro)
    let token = try #require(bench.bid("a/c/l", 100))
    bench.adopt(plan([lineItem()], currency: .usd))
    #expect(bench.refusals.count == 1)
    #expect(bench.bid("a/c/l", 1) == nil)
    #expect(bench.notify(.billing, token, paid: 100) == .booked)
    bench.adopt(plan([lineItem()], currency: .usd))
    #expect(bench.refusals.first?.contains("a/c: its currency is EUR") == true)
    bench.adopt(plan([lineItem()], currency: euro))
    #expect(bench.refusals == [])
    #expect(bench.bid("a/c/l", 100) != nil)
    try bench.crash()
    #expect(bench.summary("a/c").currency == euro)
  }

  @Test func accountsHaveAMaximum() {
    let bench = LedgerBench(accounts: 4)
    bench.adopt(plan((0..<3).map { lineItem("a/c/\($0)") }))
    #expect(bench.refusals == [])
    bench.adopt(plan((0..<4).map { lineItem("a/c/\($0)") }))
    #expect(bench.refusals.count == 1)
    #expect(bench.numbers.accounts.count == 4)
    #expect(bench.bid("a/c/2", 100) != nil)
  }

  @Test func namesHaveAMaximum() {
    let bench = LedgerBench()
    let longest = "a/c/" + String(repeating: "x", count: LedgerLimits.textBytes - 4)
    bench.adopt(plan([lineItem(longest), lineItem(longest + "x")]))
    #expect(bench.refusals.count == 1)
    #expect(bench.numbers.accounts[longest] != nil)
    var document = plan([])
    document.creatives = [CreativePlan(path: "a/long", landingURL: longest + "x")]
    document.exchanges = [longest + "x"]
    bench.adopt(document)
    #expect(bench.refusals.count == 2)
  }

  @Test func aPlanThatNeedsSeveralCommitsIsGrantedByAndBy() throws {
    let bench = LedgerBench(accounts: 4_096)
    let lineItems = (0..<3_000).map { lineItem("a/c/line-item-number-\($0)") }
    let budget = BudgetPlan(total: Money(nanos: 10_000_000))
    bench.numbers = bench.ledger.adopt(
      plan(lineItems, budget: budget), time: bench.time, now: bench.now)
    #expect(bench.needsCommit)
    bench.commit()
    #expect(bench.frames.count > 2)
    #expect(!bench.needsCommit)
    #expect(bench.bid("a/c/line-item-number-2999", 100) != nil)
    #expect(bench.ledger.verify() == [])
    let frames = bench.frames
    try bench.crash()
    #expect(bench.frames.count == frames.count + 1)
    #expect(bench.ledger.verify() == [])
  }

  @Test func budgetsAreRecordedSoThatTheyCanBePrinted() throws {
    let bench = LedgerBench()
    let budget = BudgetPlan(total: Money(nanos: 900), daily: Money(nanos: 80))
    bench.adopt(plan([lineItem(budget: budget)]))
    try bench.crash()
    #expect(bench.summary("a/c/l").totalBudget == Money(nanos: 900))
    #expect(bench.summary("a/c/l").dailyBudget == Money(nanos: 80))
    #expect(bench.summary("a/c").dailyBudget == nil)
  }

  @Test func aFullTableIsANoBidBeforeAnythingIsLost() {
    let bench = LedgerBench(reservations: 64)
    bench.adopt(
      plan([lineItem(largestBid: 1_000)], budget: BudgetPlan(total: Money(nanos: 10_000))))
    var tokens: [NoticeToken] = []
    for _ in 0..<100 { if let token = bench.bid("a/c/l", 1) { tokens.append(token) } }
    #expect(tokens.count == 32, "half is left for what is on its way")
    #expect(bench.cells.isFull)
    #expect(bench.notify(.loss, tokens[0]) == .released)
    #expect(!bench.cells.isFull)
    #expect(bench.bid("a/c/l", 1) != nil)
    #expect(bench.cells.isFull)
    bench.turn(after: 11_000)
    #expect(!bench.cells.isFull)
    #expect(bench.ledger.verify() == [])
  }

  @Test func whatStillComesWhenTheTableIsFullIsHeldUntilTheNextStart() throws {
    let bench = LedgerBench(reservations: 64)
    bench.adopt(
      plan([lineItem(largestBid: 1_000)], budget: BudgetPlan(total: Money(nanos: 10_000))))
    var last: NoticeToken?
    for _ in 0..<65 {
      bench.cells.set(isFull: false)
      last = bench.bid("a/c/l", 1)
    }
    #expect(bench.figures.count(.untracked) == 1)
    #expect(bench.summary("a/c").reserved == Money(nanos: 64))
    #expect(bench.notify(.billing, try #require(last), paid: 1) == .late)
    #expect(bench.ledger.verify() == [])
  }

  @Test func resolvedBidsMakeRoomForLiveOnes() throws {
    let bench = LedgerBench(reservations: 64)
    bench.adopt(
      plan([lineItem(largestBid: 1_000)], budget: BudgetPlan(total: Money(nanos: 100_000))))
    for round in 0..<1_000 {
      let token = try #require(bench.bid("a/c/l", 1), "bid \(round)")
      #expect(bench.notify(round % 2 == 0 ? .loss : .billing, token, paid: 1) != .late)
      if round % 50 == 0 { bench.turn() }
    }
    #expect(bench.figures.count(.untracked) == 0)
    #expect(bench.ledger.verify() == [])
  }

  @Test func capsAreBookedAndReleasedWithTheReservation() throws {
    let bench = LedgerBench()
    let own = CapRule(impressions: 1, periodSeconds: 3_600)
    let campaign = CapRule(impressions: 2, periodSeconds: 3_600)
    bench.adopt(plan([lineItem(caps: [own])], caps: [campaign]))
    let (l, c) = (bench.account("a/c/l"), bench.account("a/c"))
    func allowed() -> [Bool] {
      [
        bench.caps.allows(own, account: l, user: 7, at: bench.time),
        bench.caps.allows(campaign, account: c, user: 7, at: bench.time),
      ]
    }
    func bid() throws -> NoticeToken {
      #expect(bench.caps.reserve(own, account: l, user: 7, at: bench.time))
      #expect(bench.caps.reserve(campaign, account: c, user: 7, at: bench.time))
      return try #require(bench.bid("a/c/l", 10, window: 5, user: 7))
    }
    let lost = try bid()
    #expect(allowed() == [false, true])
    #expect(bench.notify(.loss, lost) == .released)
    #expect(allowed() == [true, true])
    _ = try bid()
    bench.turn(after: 6_000)
    #expect(allowed() == [true, true], "the window passed")
    let booked = try bid()
    #expect(bench.notify(.billing, booked, paid: 10) == .booked)
    #expect(allowed() == [false, true])
    let late = try #require(bench.bid("a/c/l", 10, window: 5, user: 7))
    bench.turn(after: 6_000)
    #expect(bench.notify(.billing, late, paid: 10) == .late)
    #expect(allowed() == [false, false], "a late impression was shown too")
  }
}
