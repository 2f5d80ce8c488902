import AuctionTypes
import BudgetLedger
import Testing

/// Bids that the ledger takes in together.
@Suite struct GatheredBidsTests {
  private static func reservation(
    _ bench: LedgerBench, _ path: String, _ day: LocalDay, _ sequence: UInt64
  ) -> Reservation {
    Reservation(
      bid: BidNumber(boot: bench.boot, worker: 1, sequence: sequence),
      account: bench.account(path), day: day, amount: Money(nanos: 10), madeAt: bench.now,
      time: bench.time, windowSeconds: 60)
  }

  /// A bench with two line items, and one amount taken for each bid: four of the day that ends, two
  /// of the next.
  private static func reservations(_ bench: LedgerBench) throws -> [Reservation] {
    bench.time = WallTime(milliseconds: 1_773_187_200_000 - 60_000)
    bench.adopt(
      plan(
        [lineItem("a/c/l"), lineItem("a/c/m")], budget: BudgetPlan(daily: Money(nanos: 5_000))))
    bench.turn()
    var reservations: [Reservation] = []
    for (sequence, path) in ["a/c/l", "a/c/m", "a/c/l", "a/c/l", "a/c/m", "a/c/l"].enumerated() {
      if sequence == 4 { bench.turn(after: 60_000) }
      let account = bench.account(path)
      let day = bench.cells.day(of: account)
      try #require(bench.cells.take(Money(nanos: 10), account: account, day: day))
      reservations.append(Self.reservation(bench, path, day, UInt64(sequence)))
    }
    // What was taken before midnight comes after what was taken behind it.
    return reservations.reversed()
  }

  @Test func leaveTheBalancesThatTheyLeaveOneByOne() throws {
    let (together, alone) = (LedgerBench(), LedgerBench())
    for reservation in try Self.reservations(together) { together.ledger.gather(reservation) }
    together.ledger.postGathered()
    for reservation in try Self.reservations(alone) { alone.ledger.reserve(reservation) }
    #expect(together.ledger.verify() == [])
    #expect(together.ledger.accounts == alone.ledger.accounts)
    #expect(together.summary("a/c/l").reserved == Money(nanos: 40))
    #expect(together.summary("a/c").reserved == Money(nanos: 60))
    #expect(together.figures.count(.reservations) == 6)
    #expect(together.figures.reservedNanos(together.account("a/c/m")) == 20)
  }

  @Test func areCountedWhereTheTableHasNoPlaceForThem() throws {
    let bench = LedgerBench(reservations: 4)
    for reservation in try Self.reservations(bench) { bench.ledger.gather(reservation) }
    bench.ledger.postGathered()
    #expect(bench.figures.count(.untracked) == 2)
    #expect(bench.figures.count(.reservations) == 6)
    #expect(bench.summary("a/c").reserved == Money(nanos: 40))
    #expect(bench.ledger.verify() == [])
  }

  @Test func comeOnceEach() async throws {
    await #expect(processExitsWith: .failure) {
      let bench = LedgerBench()
      bench.adopt(plan([lineItem("a/c/l")]))
      bench.turn()
      let day = bench.cells.day(of: bench.account("a/c/l"))
      let reservation = GatheredBidsTests.reservation(bench, "a/c/l", day, 1)
      bench.ledger.gather(reservation)
      bench.ledger.gather(reservation)
    }
  }
}
