import AuctionTypes
import BudgetLedger
import LinuxIO
import Synchronization
import Testing

@Suite struct EscrowCellsTests {
  let account = AccountID(rawValue: 7)
  let day = LocalDay(rawValue: 20_000)

  private func filled(_ nanos: Int64) -> EscrowCells {
    let cells = EscrowCells(accounts: 130)
    #expect(cells.reset(account, to: day) == .zero)
    #expect(cells.give(Money(nanos: nanos), account: account, day: day))
    return cells
  }

  @Test func takesWhatIsThereAndNotANanoMore() {
    let cells = filled(100)
    #expect(!cells.take(Money(nanos: 101), account: account, day: day))
    #expect(cells.covers(Money(nanos: 100), account: account, day: day))
    #expect(cells.take(Money(nanos: 100), account: account, day: day))
    #expect(!cells.take(Money(nanos: 1), account: account, day: day))
    #expect(cells.take(.zero, account: account, day: day))
    #expect(!cells.take(Money(nanos: -1), account: account, day: day))
    #expect(!cells.take(.zero, account: AccountID(rawValue: 8), day: day))
  }

  @Test func givesNothingOfAnotherDay() {
    let cells = filled(100)
    let next = LocalDay(rawValue: 20_001)
    #expect(!cells.take(Money(nanos: 1), account: account, day: next))
    #expect(!cells.give(Money(nanos: 1), account: account, day: next))
    #expect(cells.reset(account, to: next) == Money(nanos: 100))
    #expect(cells.day(of: account) == next)
    #expect(!cells.give(Money(nanos: 1), account: account, day: day))
    #expect(cells.amount(of: account) == .zero)
  }

  @Test func holdsItsMaximumAndNotANanoMore() {
    let cells = filled(LedgerLimits.escrowNanos - 1)
    #expect(cells.give(Money(nanos: 1), account: account, day: day))
    #expect(!cells.give(Money(nanos: 1), account: account, day: day))
    #expect(cells.amount(of: account) == Money(nanos: LedgerLimits.escrowNanos))
    #expect(cells.take(Money(nanos: LedgerLimits.escrowNanos), account: account, day: day))
  }

  @Test func withdrawsAtMostWhatIsAsked() {
    let cells = filled(100)
    #expect(cells.withdraw(atMost: Money(nanos: 30), account: account) == Money(nanos: 30))
    #expect(cells.withdraw(atMost: Money(nanos: -5), account: account) == .zero)
    #expect(cells.withdraw(atMost: Money(nanos: .max), account: account) == Money(nanos: 70))
    #expect(cells.day(of: account) == day)
  }

  @Test func callsAttentionWhenItRunsLowAndWhenABidFindsTooLittle() {
    let cells = filled(100)
    cells.set(.open, lowMark: Money(nanos: 50), account: account)
    #expect(cells.take(Money(nanos: 50), account: account, day: day))
    #expect(cells.takeAttention(ofGroup: 0) == 0)
    #expect(cells.take(Money(nanos: 1), account: account, day: day))
    #expect(cells.takeAttention(ofGroup: 0) == 1 << 7)
    #expect(cells.takeAttention(ofGroup: 0) == 0)
    let last = AccountID(rawValue: 129)
    cells.report(shortfall: Money(nanos: 9), account: last)
    #expect(cells.takeAttention(ofGroup: 2) == 1 << 1)
    #expect(cells.takeShortfall(of: last) == Money(nanos: 9))
    #expect(cells.takeShortfall(of: last) == .zero)
    #expect(cells.groupCount == 3)
    #expect(cells.count == 130)
  }

  @Test func saysWhyItIsEmpty() {
    let cells = filled(0)
    #expect(cells.state(of: account) == .open)
    for state in [EscrowCells.State.paced, .exhausted, .open] {
      cells.set(state, lowMark: .zero, account: account)
      #expect(cells.state(of: account) == state)
    }
  }

  @Test func givesNothingWhileReservationsAreManyOrOnceStopped() {
    let cells = filled(100)
    cells.set(isFull: true)
    #expect(cells.isFull)
    #expect(!cells.take(Money(nanos: 1), account: account, day: day))
    #expect(!cells.covers(Money(nanos: 1), account: account, day: day))
    cells.set(isFull: false)
    #expect(cells.take(Money(nanos: 1), account: account, day: day))
    cells.stop()
    #expect(cells.isStopped)
    #expect(!cells.take(Money(nanos: 1), account: account, day: day))
    cells.set(isFull: true)
    cells.set(isFull: false)
    #expect(cells.isStopped, "a stop is for good")
    #expect(cells.give(Money(nanos: 1), account: account, day: day), "what is out comes back")
  }

  @Test func threadsNeverTakeMoreThanWasPutIn() throws {
    let cells = filled(0)
    let (account, day) = (account, day)
    let taken = Atomic<Int64>(0)
    let isDone = Atomic<Bool>(false)
    let workers = try (0..<3).map { number in
      try Thread(name: "worker") {
        var sum: Int64 = 0
        while !isDone.load(ordering: .acquiring) {
          let amount = Money(nanos: Int64(number) + 1)
          guard cells.take(amount, account: account, day: day) else { continue }
          if sum % 5 == 0, cells.give(amount, account: account, day: day) { continue }
          sum += amount.nanos
        }
        taken.wrappingAdd(sum, ordering: .relaxed)
      }
    }
    var given: Int64 = 0
    for round in 0..<20_000 {
      if cells.give(Money(nanos: 7), account: account, day: day) { given += 7 }
      if round % 3 == 0 {
        given -= cells.withdraw(atMost: Money(nanos: 5), account: account).nanos
      }
    }
    isDone.store(true, ordering: .releasing)
    for worker in workers { worker.join() }
    let left = cells.withdraw(atMost: Money(nanos: .max), account: account).nanos
    #expect(taken.load(ordering: .relaxed) + left == given)
  }
}
