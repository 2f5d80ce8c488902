import AuctionTypes
import AudienceIndex
import BudgetLedger
import CampaignCatalog
import CampaignDocuments
import FixedMemory
import Foundation
import Testing

@testable import BidEngine

/// A pipeline with all that it needs, as a worker has it.
final class Engine {
  static let key = HashKey(first: 0x1234, second: 0x5678)
  static let noticeKey = (0..<32).map { UInt8($0) }
  static let boot: UInt64 = 0xFEED_BEEF

  let purse: Purse
  /// Whether the explanation must say what then happens; not where a race is played.
  var foreseesAll = true
  /// Whether what is pushed to the lane is taken out after each request.
  var drains = true {
    didSet { foreseesAll = drains }
  }
  let numbers: LedgerNumbers
  /// What became of line items, where ``counts`` says so.
  let funnel = FunnelCells(accounts: 1 << 10)
  /// Whether requests are counted as a worker counts them.
  var counts = false
  private var tracer: FunnelTracer
  /// Measures no request of a test.
  private var timing = TimingTracer(oneIn: .max) { 0 }
  private let catalog: CampaignCatalog
  private let audience: AudienceView
  private let spaces: IdentitySpaces
  private var pipeline: BidPipeline
  private var explainer: BidPipeline
  private var response: FixedBuffer
  private var explained: FixedBuffer
  private var sequence: UInt64 = 0

  init(
    _ advertisers: [Advertiser], exchanges: [ExchangeRules] = [ExchangeRules(name: "example")],
    rules: BiddingRules = BiddingRules(),
    rates: [CurrencyCode: Int64] = Samples.currencies, numbers: LedgerNumbers? = nil,
    registry: SegmentRegistry? = nil,
    idSpaces: [IDSpace] = [IDSpace(name: "nod"), IDSpace(name: "example")],
    users: [String: [String]] = [:], suppressed: [String] = [], responseBytes: Int = 1 << 18
  ) {
    let registry = registry ?? SegmentRegistry()
    let book = AudienceBook(registry: registry, idSpaces: idSpaces, key: Self.key)
    audience = book.view(users: users, suppressed: suppressed)
    self.numbers = numbers ?? .sequential(for: advertisers, exchanges: exchanges)
    catalog = CatalogCompiler(
      advertisers: advertisers, exchanges: exchanges, rules: rules, rates: rates,
      numbers: self.numbers, registry: registry, now: Samples.monday
    ).compile()
    spaces = IdentitySpaces(
      spaces: idSpaces, sources: idSpaces.map(\.name),
      exchangeSpaces: exchanges.map(\.idSpace), key: Self.key)
    tracer = FunnelTracer(cells: funnel)
    purse = Purse(advertisers, self.numbers)
    pipeline = BidPipeline(desk: purse.desk(isSpending: true))
    explainer = BidPipeline(desk: purse.desk(isSpending: false))
    response = FixedBuffer(capacity: responseBytes)
    explained = FixedBuffer(capacity: responseBytes)
  }

  /// What a request is answered; every answer is checked against the explanation before it.
  func answer(
    _ json: String, exchange: Int = 0, afterMilliseconds age: Double = 0,
    at time: WallTime = Samples.monday, sequence given: UInt64? = nil
  ) -> Answer {
    sequence += 1
    if let given { pipeline.desk.sequence = given }
    explainer.desk.sequence = pipeline.desk.sequence
    let context = BidContext(
      exchange: exchange, received: Instant(nanoseconds: 5_000_000_000),
      now: Instant(nanoseconds: 5_000_000_000 + UInt64(age * 1_000_000)), time: time,
      nonce: AuctionNonce(boot: Self.boot, worker: 3, sequence: given ?? sequence))
    purse.refill(at: time)
    let body = Array(json.utf8)
    let explanation = explain(body, context)
    let outcome = decide(body, context)
    let answer = Answer(
      outcome: outcome, bytes: bytes, lines: explanation.lines, currency: explanation.currency,
      reservations: drains ? purse.reservations() : [], events: purse.events())
    if foreseesAll {
      #expect(explanation.outcome == outcome, "explain differs from decide: \(json)")
      #expect(explanation.response == answer.bytes, "explain differs from decide: \(json)")
    }
    return answer
  }

  private func decide(_ body: [UInt8], _ context: BidContext) -> BidOutcome {
    counts
      ? pipeline.decide(
        body.rawSpan, context, catalog, audience, spaces, into: &response, countedBy: &tracer,
        timedBy: &timing)
      : pipeline.decide(body.rawSpan, context, catalog, audience, spaces, into: &response)
  }

  /// What a request would be answered if there were only some advertisers.
  func explain(
    _ json: String, only advertisers: Set<String>?, at time: WallTime = Samples.monday
  ) -> Explanation {
    purse.refill(at: time)
    let now = Instant(nanoseconds: 5_000_000_000)
    let context = BidContext(
      exchange: 0, received: now, now: now, time: time,
      nonce: AuctionNonce(boot: Self.boot, worker: 3, sequence: 1))
    return explainer.explain(
      Array(json.utf8).rawSpan, context, catalog, audience, spaces, only: advertisers,
      into: &explained)
  }

  private func explain(_ body: [UInt8], _ context: BidContext) -> Explanation {
    let before = purse.amounts
    let explanation = explainer.explain(
      body.rawSpan, context, catalog, audience, spaces, into: &explained)
    #expect(purse.amounts == before, "explain spent")
    #expect(!drains || purse.reservations().isEmpty, "explain spent")
    #expect(purse.events().isEmpty, "explain spent")
    return explanation
  }

  /// Gives back what the last request's bids took, as if there had been no answer.
  func cancel(at time: WallTime = Samples.monday) {
    let now = Instant(nanoseconds: 5_000_000_000)
    pipeline.cancelReservations(
      BidContext(
        exchange: 0, received: now, now: now, time: time,
        nonce: AuctionNonce(boot: Self.boot, worker: 3, sequence: sequence)), catalog)
  }

  private var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for offset in 0..<response.count { bytes.append(response.bytes.byte(at: offset)) }
    return bytes
  }
}

/// What the engine bids with: cells, caps and a lane without a ledger behind them.
final class Purse {
  let cells = EscrowCells()
  let caps = CapTable(slots: 1 << 12)
  let lane = LedgerLane(reservations: 1 << 10, notices: 1, events: 1 << 10)
  /// Whether every cell is full of its day's money before each request.
  var isBottomless = true
  private let accounts: [(path: String, account: AccountID, zone: ZoneOffsets)]

  init(_ advertisers: [Advertiser], _ numbers: LedgerNumbers) {
    var accounts: [(String, AccountID, ZoneOffsets)] = []
    for advertiser in advertisers {
      for campaign in advertiser.campaigns {
        let zone = ZoneOffsets(
          TimeZone(identifier: campaign.timeZone) ?? .gmt, from: Samples.monday)
        for lineItem in campaign.lineItems {
          let path = "\(advertiser.id)/\(campaign.id)/\(lineItem.id)"
          if let account = numbers.accounts[path] { accounts.append((path, account, zone)) }
        }
      }
    }
    self.accounts = accounts
  }

  func desk(isSpending: Bool) -> SpendingDesk {
    SpendingDesk(
      cells: cells, caps: caps, lane: lane, signer: NoticeSigner(key: Engine.noticeKey),
      boot: Engine.boot, worker: 3, isSpending: isSpending)
  }

  /// Fills the cells, unless a test has filled them.
  func refill(at time: WallTime) {
    guard isBottomless else { return }
    for (_, account, zone) in accounts {
      _ = cells.reset(account, to: zone.day(at: time))
      _ = cells.give(
        Money(nanos: LedgerLimits.escrowNanos), account: account, day: zone.day(at: time))
    }
  }

  /// Puts an amount into a line item's cell, in place of what it held, for the day at a time.
  func fill(_ path: String, _ amount: Money, at time: WallTime = Samples.monday) {
    isBottomless = false
    guard let (_, account, zone) = accounts.first(where: { $0.path == path }) else { return }
    _ = cells.reset(account, to: zone.day(at: time))
    _ = cells.give(amount, account: account, day: zone.day(at: time))
  }

  /// Puts into the cells what a model has left, for the day at a time.
  func fill(_ money: PlainMoney, at time: WallTime) {
    for (path, account, _) in accounts {
      guard let left = money.left[path] else { continue }
      fill(path, Money(nanos: left), at: time)
      cells.set(money.paced.contains(path) ? .paced : .open, lowMark: .zero, account: account)
    }
  }

  /// What the cells hold, by path.
  var amounts: [String: Int64] {
    Dictionary(
      uniqueKeysWithValues: accounts.map { ($0.path, cells.amount(of: $0.account).nanos) })
  }

  /// Takes all reservations out of the lane.
  func reservations() -> [Reservation] {
    var all: [Reservation] = []
    while let reservation = lane.reservations.pop() { all.append(reservation) }
    return all
  }

  /// Takes all events out of the lane.
  func events() -> [AdEvent] {
    var all: [AdEvent] = []
    while let event = lane.events.pop() { all.append(event) }
    return all
  }

  /// What a URL of a bid tells, without what stands before its path; nil when it is not ours.
  func read(_ url: String) -> SignedNotice? {
    guard let start = url.range(of: "/n/") else { return nil }
    let path = url[start.upperBound...].prefix { $0 != "?" }
    let bytes = Array(path.utf8)
    var signer = NoticeSigner(key: Engine.noticeKey)
    return signer.read(bytes.rawSpan)
  }
}
