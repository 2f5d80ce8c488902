import AuctionTypes
import BudgetLedger
import CampaignCatalog
import FixedMemory

/// What a worker's bids are paid from, counted in and signed with: the escrow, the frequency caps,
/// its lane to the ledger, and the key of its notices.
package struct SpendingDesk: ~Copyable {
  /// What a decision may do with the escrow and the caps.
  enum Use {
    /// Take from them, and tell the ledger.
    case spend
    /// Look at what is there.
    case look
    /// Nothing: as if there were budget and no user had seen anything.
    case ignore
  }

  let use: Use
  let cells: EscrowCells
  let caps: CapTable
  let lane: LedgerLane
  var signer: NoticeSigner
  let boot: UInt64
  let worker: UInt8
  /// The number of the next bid: the worker's bids are counted without gaps.
  var sequence: UInt64 = 0

  /// - Parameters:
  ///   - cells: what the ledger has granted.
  ///   - caps: who has seen what.
  ///   - lane: this worker's own; its ring has room for twice ``EngineLimits/bids`` reservations.
  ///   - signer: this worker's own.
  ///   - boot: drawn at random when the process started.
  ///   - isSpending: whether bids take from the escrow; otherwise they only look at what is there.
  package init(
    cells: EscrowCells, caps: CapTable, lane: LedgerLane, signer: consuming NoticeSigner,
    boot: UInt64, worker: UInt8, isSpending: Bool = true
  ) {
    self.init(
      isSpending ? .spend : .look, cells: cells, caps: caps, lane: lane, signer: signer, boot: boot,
      worker: worker)
  }

  private init(
    _ use: Use, cells: EscrowCells, caps: CapTable, lane: LedgerLane,
    signer: consuming NoticeSigner, boot: UInt64, worker: UInt8
  ) {
    precondition(lane.reservations.capacity >= 2 * EngineLimits.bids)
    self.use = use
    self.cells = cells
    self.caps = caps
    self.lane = lane
    self.signer = signer
    self.boot = boot
    self.worker = worker
  }

  /// A desk where no ledger runs, for explanations and tests: every line item has budget, no cap is
  /// reached, and the notices it signs are nobody's.
  package static func withoutLedger(boot: UInt64 = 0, worker: UInt8 = 0) -> SpendingDesk {
    SpendingDesk(
      .ignore, cells: EscrowCells(accounts: 1), caps: CapTable(slots: 64),
      lane: LedgerLane(reservations: 2 * EngineLimits.bids, notices: 1, events: 1),
      signer: NoticeSigner(key: Array(repeating: 0, count: 32)), boot: boot, worker: worker)
  }

  /// Whether the ledger takes what a request may bid: it works, and both it and the lane have room.
  var isOpen: Bool {
    if use == .ignore { return true }
    if cells.isStopped || cells.isFull { return false }
    // Each bid may also be given back, which is one more on the lane.
    return use == .look
      || lane.reservations.hasRoom(for: 2 * EngineLimits.bids)
        && sequence < EngineLimits.bidsOfWorker
  }
}

// Each is a method of the desk, which borrows what it holds: the escrow and the caps are shared by
// all workers, and so would their reference counts be.
extension SpendingDesk {
  func covers(_ amount: Money, account: AccountID, day: LocalDay) -> Bool {
    cells.covers(amount, account: account, day: day)
  }

  func take(_ amount: Money, account: AccountID, day: LocalDay) -> Bool {
    cells.take(amount, account: account, day: day)
  }

  func give(_ amount: Money, account: AccountID, day: LocalDay) -> Bool {
    cells.give(amount, account: account, day: day)
  }

  func report(shortfall amount: Money, account: AccountID) {
    cells.report(shortfall: amount, account: account)
  }

  /// Why a line item's cell did not suffice.
  func emptiness(of account: AccountID) -> NoBidReason {
    cells.state(of: account) == .paced ? .pacing : .budget
  }

  func allows(_ rule: CapRule, account: AccountID, user: UInt64, at time: WallTime) -> Bool {
    caps.allows(rule, account: account, user: user, at: time)
  }

  func count(_ cap: CatalogCap, user: UInt64, at time: WallTime) -> Bool {
    caps.reserve(cap.rule, account: cap.account, user: user, at: time)
  }

  func uncount(_ cap: CatalogCap, user: UInt64, at time: WallTime) {
    caps.release(cap.rule, account: cap.account, user: user, madeAt: time)
  }

  /// Tells the ledger of a bid; false when the lane is full.
  func push(_ reservation: Reservation) -> Bool { lane.push(reservation) }

  func log(_ event: AdEvent) { lane.log(event) }
}
