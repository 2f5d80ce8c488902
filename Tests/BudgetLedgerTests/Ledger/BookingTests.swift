import AuctionTypes
import BudgetLedger
import Testing

@Suite struct BookingTests {
  @Test func booksThePaidPriceAndGivesTheRestBack() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let token = try #require(bench.bid("a/c/l", 100))
    #expect(bench.summary("a/c/l").reserved == Money(nanos: 100))
    #expect(bench.notify(.billing, token, paid: 70) == .booked)
    let (lineItem, campaign) = (bench.summary("a/c/l"), bench.summary("a/c"))
    #expect(lineItem.settled == Money(nanos: 70))
    #expect(lineItem.reserved == .zero)
    #expect(lineItem.notices == 1)
    #expect(lineItem.daySettled == Money(nanos: 70))
    #expect(campaign.settled == Money(nanos: 70))
    #expect(bench.ledger.verify() == [])
    #expect(bench.figures.count(kind: .billing, result: .booked) == 1)
    #expect(bench.figures.settledNanos(bench.account("a/c")) == 70)
  }

  @Test func spendsABudgetToTheLastCent() {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()], budget: BudgetPlan(total: Money(nanos: 1_000))))
    var booked: Int64 = 0
    for _ in 0..<200 {
      while let token = bench.bid("a/c/l", 100) {
        if bench.notify(.billing, token, paid: 50) == .booked { booked += 50 }
      }
      bench.turn()
    }
    #expect(booked == 950, "50 are left, which no bid of 100 fits in")
    #expect(bench.summary("a/c").settled == Money(nanos: 950))
  }

  @Test func booksOnceForEver() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let token = try #require(bench.bid("a/c/l", 100))
    #expect(bench.notify(.billing, token, paid: 70) == .booked)
    #expect(bench.notify(.billing, token, paid: 70) == .duplicate)
    #expect(bench.figures.count(problem: .changed) == 0)
    #expect(bench.notify(.billing, token, paid: 71) == .duplicate)
    #expect(bench.figures.count(problem: .changed) == 1)
    bench.commit()
    try bench.crash()
    #expect(bench.notify(.billing, token, paid: 70) == .duplicate)
    bench.turn(after: 200_000)
    #expect(bench.notify(.billing, token, paid: 70) == .duplicate)
    #expect(bench.summary("a/c/l").settled == Money(nanos: 70))
  }

  @Test func releasesOnALossAndBooksLateAfterIt() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let before = bench.summary("a/c/l").escrow
    let token = try #require(bench.bid("a/c/l", 100))
    #expect(bench.notify(.loss, token) == .released)
    #expect(bench.summary("a/c/l").escrow == before)
    #expect(bench.cells.amount(of: bench.account("a/c/l")) == before)
    #expect(bench.notify(.loss, token) == .counted)
    #expect(bench.notify(.billing, token, paid: 60) == .late)
    #expect(bench.summary("a/c/l").late == Money(nanos: 60))
    #expect(bench.notify(.billing, token, paid: 60) == .duplicate)
    #expect(bench.ledger.verify() == [])
  }

  @Test func aLossAfterAWinChangesNothing() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let token = try #require(bench.bid("a/c/l", 100))
    #expect(bench.notify(.win, token, paid: 60) == .extended)
    #expect(bench.notify(.win, token, paid: 60) == .counted)
    #expect(bench.notify(.loss, token) == .counted)
    #expect(bench.notify(.click, token) == .counted)
    #expect(bench.notify(.billing, token, paid: 60) == .booked)
    #expect(bench.notify(.loss, token) == .counted)
    #expect(bench.summary("a/c/l").settled == Money(nanos: 60))
  }

  @Test(arguments: [NoticeKind.win, .billing, .pixel])
  func onlyTheEventThatBillsBooks(billOn: NoticeKind) throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let token = try #require(bench.bid("a/c/l", 100, billOn: billOn))
    for kind in [NoticeKind.pixel, .billing, .click] where kind != billOn {
      #expect(bench.notify(kind, token, paid: 100) == .counted)
    }
    #expect(bench.summary("a/c/l").settled == .zero)
    #expect(bench.notify(billOn, token, paid: 100) == .booked)
    #expect(bench.summary("a/c/l").settled == Money(nanos: 100))
  }

  @Test func aWindowThatPassesGivesBackAndABookingAfterItIsLate() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let first = try #require(bench.bid("a/c/l", 100, window: 10))
    let second = try #require(bench.bid("a/c/l", 100, window: 10))
    bench.pass(milliseconds: 10_000)
    #expect(bench.notify(.billing, first, paid: 100) == .booked, "the window's end is within it")
    bench.turn(after: 1_000)
    #expect(bench.summary("a/c/l").reserved == .zero)
    #expect(bench.notify(.billing, second, paid: 90) == .late)
    #expect(bench.notify(.billing, second, paid: 80) == .duplicate)
    #expect(bench.figures.count(problem: .changed) == 1)
    bench.turn(after: 30_000)
    #expect(bench.notify(.billing, second, paid: 90) == .duplicate)
    #expect(bench.summary("a/c").late == Money(nanos: 90))
    #expect(bench.figures.count(.expiries) == 1)
    #expect(bench.ledger.verify() == [])
  }

  @Test func aNoticeAMomentAfterTheWindowIsLateBeforeAnyTurn() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let token = try #require(bench.bid("a/c/l", 100, window: 1))
    bench.pass(milliseconds: 1_001)
    #expect(bench.notify(.billing, token, paid: 100) == .late)
    #expect(bench.ledger.verify() == [])
  }

  @Test func aWinStartsTheWindowAnew() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let token = try #require(bench.bid("a/c/l", 100, window: 10))
    bench.turn(after: 9_000)
    #expect(bench.notify(.win, token) == .extended)
    bench.turn(after: 9_000)
    #expect(bench.notify(.billing, token, paid: 100) == .booked)
  }

  @Test func convertsAtTheRateOfTheBidRoundingUp() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem(largestBid: 1_000)]))
    let account = bench.account("a/c/l")
    let day = bench.cells.day(of: account)
    let rates = RatePair(source: 1_080_000_000, target: 1_000_000_000)
    let token = bench.token(account, 333, day, 1, rates: rates)
    let amount = try #require(token.reserved)
    #expect(amount == Money(nanos: 360), "333 · 1.08 = 359.64")
    #expect(bench.cells.take(amount, account: account, day: day))
    bench.ledger.reserve(
      Reservation(
        bid: token.bid, account: account, day: day, amount: amount, madeAt: bench.now,
        time: bench.time, windowSeconds: 10))
    let paid = try #require(token.paid(at: CPM(micros: 200)))
    #expect(bench.notify(.billing, token, paid: paid.nanos) == .booked)
    #expect(bench.summary("a/c/l").settled == Money(nanos: 216))
  }

  @Test func neverBooksMoreThanTheBid() throws {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let token = try #require(bench.bid("a/c/l", 100))
    #expect(bench.notify(.billing, token, paid: 500, problem: .aboveBid) == .booked)
    #expect(bench.summary("a/c/l").settled == Money(nanos: 100))
    #expect(bench.figures.count(problem: .aboveBid) == 1)
  }

  @Test func aNoticeOfAnUnknownAccountBooksNothing() {
    let bench = LedgerBench()
    bench.adopt(plan([lineItem()]))
    let day = LocalDay(rawValue: 20_000)
    for account in [bench.account("a/c"), AccountID(rawValue: 60)] {
      #expect(bench.notify(.billing, bench.token(account, 100, day, 9), paid: 1) == .counted)
    }
    #expect(bench.ledger.verify() == [])
  }
}
