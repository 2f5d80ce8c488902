import AuctionTypes
import AudienceIndex
import BidEngine
import BudgetLedger
import CampaignCatalog
import FixedMemory

/// A worker's decision with all that it needs, and money without end.
package struct DecisionRig: ~Copyable {
  /// 2026-03-02T12:00:00Z, a Monday.
  private static let time = WallTime(milliseconds: 1_772_452_800_000)
  private static let boot: UInt64 = 0xFEED_BEEF
  /// Nanoseconds from one request to the next: a worker's at 100,000 a second.
  private static let interval: UInt64 = 10_000

  private let catalog: CampaignCatalog
  private let audience: AudienceView
  private let spaces: IdentitySpaces
  private let cells: EscrowCells
  private let lane = LedgerLane(reservations: 1 << 10, notices: 1, events: 1 << 10)
  private var pipeline: BidPipeline
  private var funnel: FunnelTracer
  private var untimed = TimingTracer(oneIn: .max) { 0 }
  private var response = FixedBuffer(capacity: 1 << 18)
  private var sequence: UInt64 = 0
  /// Whether time passes from request to request. A worker judges line items for its funnel as
  /// often as time pays for; while none passes, it judges none once what was saved is spent.
  package var timePasses = true
  private var now: UInt64 = 5_000_000_000
  /// Changes with every answer, so that none can be left out.
  package private(set) var checksum: UInt64 = 0xCBF2_9CE4_8422_2325

  /// - Complexity: O(line items).
  package init(_ world: DecisionWorld) {
    let advertisers = world.advertisers
    let exchanges = DecisionWorld.exchanges.map { ExchangeRules(name: $0, idSpace: "exchange") }
    let numbers = LedgerNumbers.sequential(for: advertisers, exchanges: exchanges)
    catalog = CatalogCompiler(
      advertisers: advertisers, exchanges: exchanges,
      rules: BiddingRules(publicURL: "http://127.0.0.1:18080"), numbers: numbers,
      registry: world.store.registry, now: Self.time
    ).compile()
    audience = world.store.view()
    spaces = IdentitySpaces(
      spaces: DecisionWorld.spaces, sources: [], exchangeSpaces: exchanges.map(\.idSpace),
      key: world.store.hashKey)
    cells = EscrowCells(accounts: numbers.accounts.count + 1)
    let day = ZoneOffsets.utc.day(at: Self.time)
    for account in numbers.accounts.values {
      _ = cells.reset(account, to: day)
      _ = cells.give(Money(nanos: LedgerLimits.escrowNanos), account: account, day: day)
    }
    funnel = FunnelTracer(cells: FunnelCells(accounts: numbers.accounts.count + 1))
    let key = (0..<32).map { UInt8($0) }
    pipeline = BidPipeline(
      desk: SpendingDesk(
        cells: cells, caps: CapTable(), lane: lane, signer: NoticeSigner(key: key),
        boot: Self.boot, worker: 0))
  }

  private func context(_ asked: RequestCase) -> BidContext {
    let now = Instant(nanoseconds: self.now)
    return BidContext(
      exchange: asked.exchange, received: now, now: now, time: Self.time,
      nonce: AuctionNonce(boot: Self.boot, worker: 0, sequence: sequence))
  }

  /// Decides as a worker does.
  package mutating func decide(_ body: borrowing RequestBody, _ asked: RequestCase) -> BidOutcome {
    pipeline.decide(
      body.bytes.rawSpan, context(asked), catalog, audience, spaces, into: &response,
      countedBy: &funnel, timedBy: &untimed)
  }

  /// Decides as a worker does for the requests that it times.
  package mutating func decide(
    _ body: borrowing RequestBody, _ asked: RequestCase, timedBy timing: inout TimingTracer
  ) -> BidOutcome {
    pipeline.decide(
      body.bytes.rawSpan, context(asked), catalog, audience, spaces, into: &response,
      countedBy: &funnel, timedBy: &timing)
  }

  /// Decides and tells where stages end.
  package mutating func decide(
    _ body: borrowing RequestBody, _ asked: RequestCase, tracedBy tracer: inout StageTracer
  ) -> BidOutcome {
    pipeline.decide(
      body.bytes.rawSpan, context(asked), catalog, audience, spaces, into: &response,
      tracedBy: &tracer)
  }

  /// Why each line item would or would not bid.
  package mutating func explain(_ body: borrowing RequestBody, _ asked: RequestCase) -> Explanation
  {
    pipeline.explain(
      body.bytes.rawSpan, context(asked), catalog, audience, spaces, into: &response)
  }

  /// What the ledger's thread does between two requests, and what makes the next one another.
  package mutating func settle(_ outcome: BidOutcome) {
    while let reservation = lane.reservations.pop() {
      _ = cells.give(reservation.amount, account: reservation.account, day: reservation.day)
    }
    while lane.events.pop() != nil {}
    sequence += 1
    if timePasses { now += Self.interval }
    checksum = (checksum ^ UInt64(answerBytes) ^ (outcome == .bid ? 1 : 0)) &* 0x100_0000_01B3
  }

  /// Bytes of the last answer's body.
  package var answerBytes: Int { response.count }
}
