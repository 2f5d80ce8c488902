import AuctionTypes
import FixedMemory

/// The one place where money is counted: budgets, what is granted of them to escrow, what bids have
/// reserved, and what is booked.
///
/// It has one owner, the ledger's thread, and writes nothing: what must be durable is put into
/// ``pending``, and a grant reaches its escrow cell only in ``committed()``. Amounts that leave a
/// cell and come back to it are not recorded, so after a crash all of a start's escrow is held
/// until the notices of its bids have passed.
package struct Ledger: ~Copyable {
  /// The records since the last commit; whoever writes them calls ``committed()`` then.
  package internal(set) var pending: FixedBuffer
  /// Why parts of the last adopted plan are not in force, in words.
  package internal(set) var refusals: [String] = []

  let cells: EscrowCells
  let caps: CapTable
  let figures: LedgerFigures
  let settings: LedgerSettings

  // What is durable.
  var book = AccountBook()
  var creativeRecords: [CreativeRecord] = []
  var creativeNumbers: [String: CreativeID] = [:]
  var exchangeNames: [String] = []
  var exchangeNumbers: [String: ExchangeID] = [:]
  var held = HeldEscrow()
  var settled = SettledIDs()
  /// The start that runs, or that was the last to.
  var boot: UInt64 = 0
  var horizonSeconds: UInt32 = 0

  // What lasts as long as the start.
  var hasBegun = false
  var isFinished = false
  var table: ReservationTable
  var isFull = false
  /// So many live reservations make workers stop: the rest is room for what is on its way.
  var mostLive = 1
  /// By account; unused where it is a campaign's.
  var lines: [LineItemState] = []
  /// By account; empty between ``postGathered()`` and the next ``gather(_:)``.
  var gathered: [GatheredBids] = []
  /// The accounts with gathered bids.
  var gatheredAccounts: [AccountID] = []
  /// By account.
  var paces: [PaceState] = []
  var campaigns: [CampaignState] = []
  var capRules: [CapRule] = []
  /// By account: which of the rules are its own.
  var capRanges: [Range<Int>] = []
  /// Line items that budget or pace kept waiting.
  var waiting: [AccountID] = []
  /// When the next day or flight begins or ends.
  var nextBoundary = WallTime(milliseconds: .max)
  /// What both clocks showed when they were last told.
  var lastMoment = Moment(
    time: WallTime(milliseconds: 0), now: Instant(nanoseconds: 0))
  var nextHousekeeping = Instant(nanoseconds: 0)
  var nextForgetting = Instant(nanoseconds: 0)
  var idleCursor = 0
  var groupCursor = 0

  // What waits for the journal.
  var scratch: [UInt8] = []
  /// Frames behind ``pending``: only a large plan needs any.
  var laterFrames: [[UInt8]] = []
  /// Counts commits.
  var frame: UInt64 = 0
  var undelivered: [UndeliveredGrant] = []

  /// An empty ledger; ``restore(checkpoint:)`` and ``replay(_:)`` fill it,
  /// ``begin(boot:time:now:)`` opens it.
  package init(
    cells: EscrowCells, caps: CapTable, figures: LedgerFigures,
    settings: LedgerSettings = LedgerSettings()
  ) {
    precondition(settings.frameBytes >= JournalRecord.maximumBytes)
    self.cells = cells
    self.caps = caps
    self.figures = figures
    self.settings = settings
    pending = FixedBuffer(capacity: settings.frameBytes)
    table = ReservationTable(capacity: 1, origin: Instant(nanoseconds: 0))
  }

  /// Whether the records should be committed before anything else happens.
  package var needsCommit: Bool {
    !laterFrames.isEmpty || pending.count >= pending.capacity / 4 * 3
  }

  /// Says that ``pending`` is durable: grants in it reach their cells, and it is emptied, or filled
  /// with the next frame where a plan needed several.
  package mutating func committed() {
    let delivered = undelivered.partition { $0.frame <= frame }
    let due = undelivered[delivered...]
    undelivered.removeSubrange(delivered...)
    frame += 1
    pending.removeAll()
    if !laterFrames.isEmpty {
      let next = laterFrames.removeFirst()
      pending.append(next.rawSpan)
    }
    for grant in due { deliver(grant) }
  }

  /// Gives nothing out from here on: the journal failed.
  package mutating func stop() { cells.stop() }

  /// Applies a record and puts it into ``pending``.
  ///
  /// - Parameter reserved: what leaves the reservations with it.
  mutating func post(_ record: JournalRecord, fromReserved reserved: Int64 = 0) {
    if let problem = apply(record, fromReserved: reserved) {
      preconditionFailure("the ledger breaks an invariant: \(problem)")
    }
    // Moved out and back, since its bytes cannot be lent while the rest changes.
    var bytes = scratch
    scratch = []
    bytes.removeAll(keepingCapacity: true)
    record.write(into: &bytes)
    append(bytes)
    scratch = bytes
  }

  private mutating func append(_ record: [UInt8]) {
    if laterFrames.isEmpty, record.count <= pending.freeCapacity {
      pending.append(record.rawSpan)
      return
    }
    let isRoom = (laterFrames.last?.count ?? .max) <= pending.capacity - record.count
    if !isRoom { laterFrames.append([]) }
    laterFrames[laterFrames.count - 1].append(contentsOf: record)
  }

  /// The frame that the last record went into.
  var frameOfLastRecord: UInt64 { frame + UInt64(laterFrames.count) }

  /// Changes the balances of a line item and its campaign and shows them; false, and nothing
  /// changes, when one would be impossible.
  mutating func change(
    _ change: Balance, _ account: AccountID, _ day: LocalDay
  ) -> Bool {
    guard book.isLineItem(account), book.post(change, to: account, on: day) else { return false }
    show(account)
    return true
  }

  func show(_ account: AccountID) {
    let index = Int(account.rawValue)
    figures.show(book.totals[index], of: account)
    if let parent = book.names[index].parent {
      figures.show(book.totals[Int(parent.rawValue)], of: parent)
    }
  }

  /// The cell of a line item gets what is now durable, unless it was taken back meanwhile.
  private mutating func deliver(_ grant: UndeliveredGrant) {
    let index = Int(grant.account.rawValue)
    guard lines[index].grantEpoch == grant.epoch else { return }
    lines[index].undelivered -= grant.amount.nanos
    if !cells.give(grant.amount, account: grant.account, day: grant.day) {
      post(
        .returned(
          EscrowRecord(account: grant.account, day: grant.day, amount: grant.amount)))
    }
  }
}

/// A grant whose record is not yet durable.
struct UndeliveredGrant: Sendable {
  let account: AccountID
  let day: LocalDay
  let amount: Money
  /// The commit that makes it durable.
  let frame: UInt64
  /// ``LineItemState/grantEpoch`` when it was made.
  let epoch: UInt32
}
