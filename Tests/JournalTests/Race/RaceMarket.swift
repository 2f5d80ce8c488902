import AuctionTypes
import BudgetLedger
import FixedMemory
import LinuxIO

/// What the threads of a race share, as workers, the ledger's thread and the control plane do.
final class RaceMarket: Sendable {
  static let boot: UInt64 = 0x5EED
  static let workers = 3
  /// At most this much is ever allowed to the campaign as a whole, in nano-units.
  static let largestBudget: Int64 = 20_000_000_000
  static let largestBid: Int64 = 5_000_000
  /// How much faster than real the time of the day passes.
  static let haste: Int64 = 180_000
  static let cap = CapRule(impressions: 200, periodSeconds: 3_600, allowsUnidentified: true)
  static let key = Array(UInt8(1)...32)
  /// Small, so that users push each other out.
  let caps = CapTable(slots: 64)
  let cells = EscrowCells(accounts: 64)
  let figures = LedgerFigures(accounts: 64)
  let lanes: [LedgerLane]
  let signals: [EventSignal]
  /// Bids that a worker makes and the next one hears of.
  let heard: [RingQueue<NoticeToken>]
  let snapshots: Published<Snapshot>
  private let start = Clock.monotonicNanoseconds()

  /// What a worker needs of the documents in force.
  struct Snapshot: ~Copyable, Sendable {
    let lineItems: FixedArray<AccountID>
    let creative: CreativeID
    let exchange: ExchangeID

    init(_ numbers: LedgerNumbers) {
      let paths = numbers.accounts.keys.filter { $0.split(separator: "/").count == 3 }.sorted()
      lineItems = FixedArray(copying: paths.compactMap { numbers.accounts[$0] })
      creative = numbers.creatives["acme/banner"] ?? CreativeID(rawValue: 0)
      exchange = numbers.exchanges["example"] ?? ExchangeID(rawValue: 0)
    }
  }

  init() throws {
    lanes = (0..<Self.workers).map { _ in LedgerLane(reservations: 256, notices: 64, events: 64) }
    signals = try (0..<Self.workers).map { _ in try EventSignal() }
    heard = (0..<Self.workers).map { _ in RingQueue(capacity: 128) }
    snapshots = Published(Snapshot(LedgerNumbers()), readers: Self.workers)
  }

  /// Half an hour passes in a hundredth of a second, so that days end while threads race.
  var time: WallTime {
    let passed = Int64((now.nanoseconds - start) / 1_000_000)
    return WallTime(milliseconds: 1_790_000_000_000 + passed * Self.haste)
  }

  /// How long ago something was, without the haste.
  func milliseconds(since time: WallTime) -> Int64 {
    (self.time.milliseconds - time.milliseconds) / Self.haste
  }

  var now: Instant { Instant(nanoseconds: Clock.monotonicNanoseconds()) }

  /// The documents after so many changes: budgets go up and down, line items pause, come and go.
  static func plan(_ turn: Int) -> LedgerPlan {
    let total = Money(nanos: largestBudget / Int64(1 + turn % 4))
    let lineItems = (0..<3 + turn % 3).map { number in
      LineItemPlan(
        path: "acme/spring/line-\(number)",
        budget: BudgetPlan(
          total: number == 2 ? Money(nanos: total.nanos / 4) : nil,
          daily: number == 1 ? Money(nanos: largestBid * Int64(100 + turn % 7 * 50)) : nil),
        isActive: number != turn % 5, pacing: number == 0 ? .even : .asap,
        largestBid: Money(nanos: largestBid), caps: [cap])
    }
    return LedgerPlan(
      campaigns: [
        CampaignPlan(
          path: "acme/spring", budget: BudgetPlan(total: total, daily: turn % 2 == 0 ? nil : total),
          isActive: turn % 11 != 10, lineItems: lineItems)
      ],
      creatives: [CreativePlan(path: "acme/banner", landingURL: "https://acme.example/")],
      exchanges: ["example"])
  }
}
