import AuctionTypes
import BudgetLedger
import FixedMemory
import LinuxIO
import Support
import Synchronization

@testable import Journal

/// What a server has around its ledger: cells, lanes, clocks that stand still until told, and what
/// was logged.
final class LedgerFixture: Sendable {
  static let lineItem = "acme/spring/banner"

  let cells = EscrowCells(accounts: 64)
  let caps = CapTable(slots: 64)
  let figures = LedgerFigures(accounts: 64)
  let lanes: [LedgerLane]
  let workerSignals: [EventSignal]
  let boot: UInt64
  let logged = Mutex<[String]>([])
  private let milliseconds: Atomic<Int64>

  init(boot: UInt64 = 1, lanes: Int = 1, laneNotices: Int = 256, milliseconds: Int64 = 0) throws {
    self.boot = boot
    self.lanes = (0..<lanes).map { _ in
      LedgerLane(reservations: 256, notices: laneNotices, events: 2)
    }
    workerSignals = try (0..<lanes).map { _ in try EventSignal() }
    self.milliseconds = Atomic(1_800_000_000_000 + milliseconds)
  }

  var time: WallTime { WallTime(milliseconds: milliseconds.load(ordering: .acquiring)) }
  var now: Instant { Instant(nanoseconds: UInt64(time.milliseconds) * 1_000_000) }

  func advance(milliseconds: Int64) {
    self.milliseconds.wrappingAdd(milliseconds, ordering: .acquiringAndReleasing)
  }

  func options(_ disk: any JournalDisk) -> LedgerOptions {
    var options = LedgerOptions(
      disk: disk, boot: boot,
      settings: LedgerSettings(lanes: lanes.count, reservations: 1 << 10, frameBytes: 1 << 16))
    options.time = { self.time }
    options.now = { self.now }
    options.log = { line in self.logged.withLock { $0.append(line) } }
    options.hasBackground = false
    options.segmentBytes = 700
    return options
  }

  func loop(_ options: LedgerOptions) throws -> LedgerLoop {
    try LedgerLoop(parts(options))
  }

  func parts(_ options: LedgerOptions) throws -> LedgerParts {
    try LedgerParts(
      options, lanes: lanes, workerSignals: workerSignals, cells: cells, caps: caps,
      figures: figures)
  }

  func thread(_ options: LedgerOptions) throws -> LedgerThread {
    try LedgerThread(
      options, lanes: lanes, workerSignals: workerSignals, cells: cells, caps: caps,
      figures: figures)
  }

  /// One campaign of one line item whose bids cost a thousand nano-units.
  static func plan(totalNanos: Int64 = 1_000_000) -> LedgerPlan {
    LedgerPlan(
      campaigns: [
        CampaignPlan(
          path: "acme/spring", budget: BudgetPlan(total: Money(nanos: totalNanos)),
          lineItems: [LineItemPlan(path: lineItem, largestBid: Money(nanos: 1_000))])
      ],
      creatives: [CreativePlan(path: "acme/banner", landingURL: "https://acme.example/")],
      exchanges: ["example"])
  }

  /// The line item's number.
  static let account = AccountID(rawValue: 1)

  // MARK: A worker

  /// Bids a thousand nano-units; nil when the escrow does not suffice.
  func bid(_ sequence: UInt64, worker: Int = 0) -> NoticeToken? {
    let amount = Money(nanos: 1_000)
    let day = cells.day(of: Self.account)
    guard cells.take(amount, account: Self.account, day: day) else { return nil }
    let token = NoticeToken(
      bid: BidNumber(boot: boot, worker: UInt8(worker), sequence: sequence), madeAt: time,
      account: Self.account, creative: CreativeID(rawValue: 0), exchange: ExchangeID(rawValue: 0),
      size: Size(width: 300, height: 250), price: CPM(micros: amount.nanos), currency: .usd,
      rates: .same, day: day, windowSeconds: 60, isTest: false, billOn: .billing)
    let reservation = Reservation(
      bid: token.bid, account: Self.account, day: day, amount: amount, madeAt: now, time: time,
      windowSeconds: 60)
    precondition(lanes[worker].reservations.push(reservation))
    return token
  }

  /// Sends a notice that waits; its connection is the bid's sequence, its price follows from it.
  @discardableResult
  func notify(_ token: NoticeToken, _ kind: NoticeKind = .billing, lane: Int = 0) -> Bool {
    lanes[lane].notices.push(
      Notice(
        kind: kind, token: token, paid: Self.paid(token), problem: .none, time: time,
        connection: token.bid.sequence))
  }

  /// What a bid's billing notice says.
  static func paid(_ token: NoticeToken) -> Money {
    Money(nanos: 500 + Int64(token.bid.sequence))
  }

  /// The answers that are there, by bid.
  func answers(lane: Int = 0) -> [UInt64: NoticeResult] {
    var answers: [UInt64: NoticeResult] = [:]
    while let answer = lanes[lane].answers.pop() { answers[answer.connection] = answer.result }
    return answers
  }
}

extension LedgerLoop {
  /// Puts a plan in force within one turn.
  mutating func adopt(_ plan: LedgerPlan) throws -> LedgerNumbers? {
    let numbers = try Outcome<LedgerNumbers>()
    guard parts.requests.add(LedgerRequests.Plan(plan: plan, numbers: numbers)) else { return nil }
    turn()
    return try? numbers.wait(milliseconds: 0)?.get()
  }
}
