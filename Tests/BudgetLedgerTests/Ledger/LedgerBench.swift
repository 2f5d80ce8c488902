import AuctionTypes
import BudgetLedger
import FixedMemory

/// A ledger with clocks that stand still until a test moves them, and a journal in memory.
final class LedgerBench {
  static let boot: UInt64 = 0xB007
  /// 2026-03-10T12:00:00Z.
  static let noon = WallTime(milliseconds: 1_773_144_000_000)

  var cells: EscrowCells
  var caps = CapTable(slots: 1 << 10)
  var figures: LedgerFigures
  var ledger: Ledger
  let settings: LedgerSettings
  var time = LedgerBench.noon
  var now = Instant(nanoseconds: 1_000_000_000_000)
  var boot = LedgerBench.boot
  private var sequence: UInt64 = 0
  /// Committed frames since ``checkpoint``.
  var frames: [[UInt8]] = []
  var checkpoint: [UInt8]?
  var numbers = LedgerNumbers()
  let accounts: Int

  init(
    reservations: Int = 1 << 12, horizonSeconds: UInt32 = 60, accounts: Int = 64,
    frameBytes: Int = 1 << 16
  ) {
    settings = LedgerSettings(
      horizonSeconds: horizonSeconds, reservations: reservations, frameBytes: frameBytes)
    self.accounts = accounts
    cells = EscrowCells(accounts: accounts)
    figures = LedgerFigures(accounts: accounts)
    ledger = Ledger(cells: cells, caps: caps, figures: figures, settings: settings)
    ledger.begin(boot: boot, time: time, now: now)
  }

  var needsCommit: Bool { ledger.needsCommit }
  var refusals: [String] { ledger.refusals }

  // MARK: Documents

  /// Adopts a plan and commits until its grants are in their cells.
  func adopt(_ plan: LedgerPlan) {
    numbers = ledger.adopt(plan, time: time, now: now)
    commit()
  }

  func account(_ path: String) -> AccountID { numbers.accounts[path]! }

  func summary(_ path: String) -> AccountSummary {
    ledger.accounts.first { $0.path == path }!
  }

  // MARK: Bids

  /// A bid as a worker makes it; nil where the cell does not suffice.
  func bid(
    _ path: String, _ amount: Int64, window: UInt32 = 10, user: UInt64 = 0, worker: UInt8 = 0,
    billOn: NoticeKind = .billing
  ) -> NoticeToken? {
    let account = account(path)
    let day = cells.day(of: account)
    guard cells.take(Money(nanos: amount), account: account, day: day) else {
      cells.report(shortfall: Money(nanos: amount), account: account)
      return nil
    }
    sequence += 1
    let token = token(
      account, amount, day, sequence, window: window, worker: worker, billOn: billOn)
    ledger.reserve(
      Reservation(
        bid: token.bid, account: account, day: day, amount: Money(nanos: amount), madeAt: now,
        time: time, windowSeconds: window, capUser: user))
    return token
  }

  func token(
    _ account: AccountID, _ amount: Int64, _ day: LocalDay, _ sequence: UInt64,
    window: UInt32 = 10, worker: UInt8 = 0, billOn: NoticeKind = .billing,
    rates: RatePair = .same
  ) -> NoticeToken {
    NoticeToken(
      bid: BidNumber(boot: boot, worker: worker, sequence: sequence), madeAt: time,
      account: account, creative: CreativeID(rawValue: 0), exchange: ExchangeID(rawValue: 0),
      size: Size(width: 300, height: 250), price: CPM(micros: amount), currency: .usd,
      rates: rates, day: day, windowSeconds: window, isTest: false, billOn: billOn)
  }

  func notify(
    _ kind: NoticeKind, _ token: NoticeToken, paid: Int64 = 0, problem: PriceProblem = .none
  ) -> NoticeResult {
    ledger.apply(
      Notice(
        kind: kind, token: token, paid: Money(nanos: paid), problem: problem, time: time,
        connection: 0), now: now)
  }

  // MARK: Time

  func pass(milliseconds: Int) {
    time.milliseconds += Int64(milliseconds)
    now.nanoseconds += UInt64(milliseconds) * 1_000_000
  }

  /// A turn of the ledger's thread.
  func turn(after milliseconds: Int = 10) {
    pass(milliseconds: milliseconds)
    ledger.tick(time: time, now: now)
    commit()
  }

  func commit() {
    while !ledger.pending.isEmpty {
      frames.append(pendingBytes())
      ledger.committed()
    }
  }

  func pendingBytes() -> [UInt8] { Self.copy(ledger.pending) }

  private static func copy(_ buffer: borrowing FixedBuffer) -> [UInt8] {
    var bytes: [UInt8] = []
    for offset in 0..<buffer.count { bytes.append(buffer.bytes.byte(at: offset)) }
    return bytes
  }

  // MARK: Crashes

  /// Loses all but the journal and starts anew.
  func crash(downFor milliseconds: Int = 0) throws {
    pass(milliseconds: milliseconds)
    ledger = try reopened()
    sequence = 0
    boot += 1
    ledger.begin(boot: boot, time: time, now: now)
    commit()
  }

  /// Another ledger, from the checkpoint and the committed frames.
  func reopened() throws -> Ledger {
    cells = EscrowCells(accounts: accounts)
    figures = LedgerFigures(accounts: accounts)
    caps = CapTable(slots: 1 << 10)
    var other = Ledger(cells: cells, caps: caps, figures: figures, settings: settings)
    if let checkpoint { try other.restore(checkpoint: checkpoint.rawSpan) }
    for frame in frames { try other.replay(frame.rawSpan) }
    return other
  }
}

/// A plan of one advertiser: campaigns `a/c` with line items `a/c/l`.
func plan(
  _ lineItems: [LineItemPlan], budget: BudgetPlan = BudgetPlan(total: Money(nanos: 10_000)),
  isActive: Bool = true, start: WallTime? = nil, end: WallTime? = nil, zone: ZoneOffsets = .utc,
  caps: [CapRule] = [], currency: CurrencyCode = .usd
) -> LedgerPlan {
  LedgerPlan(
    campaigns: [
      CampaignPlan(
        path: "a/c", currency: currency, budget: budget, isActive: isActive, flightStart: start,
        flightEnd: end, zone: zone, caps: caps, lineItems: lineItems)
    ],
    creatives: [CreativePlan(path: "a/cr", landingURL: "https://a.example/")],
    exchanges: ["example"])
}

func lineItem(
  _ path: String = "a/c/l", budget: BudgetPlan = BudgetPlan(), isActive: Bool = true,
  pacing: PacingPlan = .asap, largestBid: Int64 = 100, caps: [CapRule] = []
) -> LineItemPlan {
  LineItemPlan(
    path: path, budget: budget, isActive: isActive, pacing: pacing,
    largestBid: Money(nanos: largestBid), caps: caps)
}
