import AuctionTypes
import FixedMemory

/// The ledger's balances and counts as anyone may read them: the ledger's thread alone writes.
///
/// Each number is exact by itself; two of them may be of different moments.
package final class LedgerFigures: Sendable {
  private let settled: AtomicArray
  private let late: AtomicArray
  private let reserved: AtomicArray
  private let escrow: AtomicArray
  private let booked: AtomicArray
  private let results = AtomicArray(
    count: NoticeKind.allCases.count * NoticeResult.allCases.count)
  private let problems = AtomicArray(count: PriceProblem.allCases.count)
  private let counters = AtomicArray(count: Counter.allCases.count)

  /// What is counted once for the whole ledger.
  package enum Counter: Int, CaseIterable, Sendable {
    /// Amounts moved from budgets to escrow.
    case grants
    /// Bids that took from escrow.
    case reservations
    /// Reservations whose window passed without a notice.
    case expiries
    /// Reservations that the table had no place for: their amount waits for the next start.
    case untracked
  }

  /// All zero.
  ///
  /// - Parameter accounts: how many accounts there can be.
  package init(accounts: Int = LedgerLimits.accounts) {
    settled = AtomicArray(count: accounts)
    late = AtomicArray(count: accounts)
    reserved = AtomicArray(count: accounts)
    escrow = AtomicArray(count: accounts)
    booked = AtomicArray(count: accounts)
  }

  /// Booked nano-units of an account, late ones included.
  package func settledNanos(_ account: AccountID) -> Int64 { read(settled, account) }
  /// Nano-units that were booked after the window or a loss.
  package func lateNanos(_ account: AccountID) -> Int64 { read(late, account) }
  /// Nano-units out with bids that wait for their notice.
  package func reservedNanos(_ account: AccountID) -> Int64 { read(reserved, account) }
  /// Nano-units granted and neither reserved nor settled.
  package func escrowNanos(_ account: AccountID) -> Int64 { read(escrow, account) }
  /// Booked notices of an account.
  package func notices(_ account: AccountID) -> Int64 { read(booked, account) }

  /// Notices of a kind that ended in a result, of those that reached the ledger.
  package func count(kind: NoticeKind, result: NoticeResult) -> UInt64 {
    results.load(Self.cell(kind, result))
  }

  /// Notices whose price was odd, of those that reached the ledger.
  package func count(problem: PriceProblem) -> UInt64 { problems.load(Int(problem.rawValue)) }

  /// How often something happened.
  package func count(_ counter: Counter) -> UInt64 { counters.load(counter.rawValue) }

  // MARK: The ledger

  func show(_ balance: Balance, of account: AccountID) {
    let index = Int(account.rawValue)
    settled.store(UInt64(bitPattern: balance.settled &+ balance.late), at: index)
    late.store(UInt64(bitPattern: balance.late), at: index)
    reserved.store(UInt64(bitPattern: balance.reserved), at: index)
    escrow.store(UInt64(bitPattern: balance.escrow), at: index)
    booked.store(UInt64(bitPattern: balance.notices), at: index)
  }

  func add(_ kind: NoticeKind, _ result: NoticeResult) {
    results.addOwned(1, at: Self.cell(kind, result))
  }

  func add(_ problem: PriceProblem) { problems.addOwned(1, at: Int(problem.rawValue)) }

  func add(_ counter: Counter, _ count: UInt64 = 1) {
    counters.addOwned(count, at: counter.rawValue)
  }

  private func read(_ cells: AtomicArray, _ account: AccountID) -> Int64 {
    Int64(bitPattern: cells.load(Int(account.rawValue)))
  }

  private static func cell(_ kind: NoticeKind, _ result: NoticeResult) -> Int {
    Int(kind.rawValue) * NoticeResult.allCases.count + Int(result.rawValue)
  }
}
