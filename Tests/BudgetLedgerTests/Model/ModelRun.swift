import AuctionTypes
import BudgetLedger
import FixedMemory
import Support

/// One random history of the real ledger beside the plain one.
final class ModelRun {
  static let lineItems = ["a/c", "a/d"].flatMap { campaign in (0..<3).map { "\(campaign)/\($0)" } }
  static let horizonSeconds: UInt32 = 8

  let bench: LedgerBench
  var model = PlainLedger(boot: LedgerBench.boot)
  var random: SeededGenerator
  var problems: [String] = []
  /// Bytes of the pending frame that the model has seen.
  private var seen = 0
  private var sequence: UInt64 = 0
  private var document = LedgerPlan()
  var documentInForce: LedgerPlan { document }
  private var tokens: [NoticeToken] = []
  private(set) var bids = 0
  private(set) var crashes = 0
  private(set) var results: [NoticeResult: Int] = [:]

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    bench = LedgerBench(
      reservations: seed % 2 == 0 ? 48 : 1 << 10, horizonSeconds: Self.horizonSeconds,
      accounts: 16)
    model.durable.horizon = Int64(Self.horizonSeconds)
    document = draw()
    adopt()
  }

  /// One random event, and all checks after it.
  func step() {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<45: bidTogether()
    case 45..<75: notify()
    case 75..<90: pass()
    case 90..<94: commit()
    case 94..<97: change()
    case 97: takeCheckpoint()
    default: crash()
    }
    note()
    check()
  }

  func fail(_ problem: String) { problems.append(problem) }

  // MARK: Events

  /// A few bids as the ledger finds them on a lane: balances change after the last.
  private func bidTogether() {
    for _ in 0..<Int.random(in: 1...4, using: &random) { bid() }
    bench.ledger.postGathered()
  }

  private func bid() {
    let path = Self.lineItems.randomElement(using: &random)!
    guard let account = bench.numbers.accounts[path] else { return }
    let price = Int64.random(in: 1...120, using: &random)
    let rates =
      Bool.random(using: &random)
      ? RatePair.same : RatePair(source: 1_080_000_007, target: 1_000_000_000)
    let day = bench.cells.day(of: account)
    sequence += 1
    let token = bench.token(
      account, price, day, sequence, window: UInt32.random(in: 1...12, using: &random),
      worker: UInt8(sequence % 3), billOn: Bool.random(using: &random) ? .billing : .win,
      rates: rates)
    let amount = token.reserved!
    guard bench.cells.take(amount, account: account, day: day) else {
      return bench.cells.report(shortfall: amount, account: account)
    }
    checkBid(account, day, amount.nanos)
    bids += 1
    bench.ledger.gather(
      Reservation(
        bid: token.bid, account: account, day: day, amount: amount, madeAt: bench.now,
        time: bench.time, windowSeconds: token.windowSeconds))
    let window = UInt64(token.windowSeconds) * 1_000
    model.bids[token.bid] = PlainLedger.Bid(
      token: token, amount: amount.nanos,
      expiresAt: bench.now.advanced(milliseconds: window).nanoseconds,
      until: WallTime(milliseconds: bench.time.milliseconds + Int64(window)))
    tokens.append(token)
  }

  /// A notice of any kind for any bid, old or new, first or repeated.
  private func notify() {
    let recent = Bool.random(using: &random) ? tokens.suffix(8) : tokens[...]
    guard let token = recent.randomElement(using: &random) else { return }
    let kind = [NoticeKind.win, .billing, .billing, .loss, .click].randomElement(using: &random)!
    let books = kind == token.billOn
    // Billing a bid that the exchange called lost before a crash takes what another is held for.
    if books, token.bid.boot != bench.boot, model.bids[token.bid]?.isLost == true { return }
    let clearing = CPM(micros: Int64.random(in: 0...token.price.micros, using: &random))
    let paid = token.paid(at: clearing)!.nanos
    let (now, time) = (bench.now.nanoseconds, bench.time)
    let expected: NoticeResult =
      books
      ? model.billed(token, paid, now, time)
      : kind == .win
        ? model.won(token, now, time) : kind == .loss ? model.lost(token, now) : .counted
    expireOnTouch(token)
    let result = bench.notify(kind, token, paid: paid)
    results[result, default: 0] += 1
    if result != expected { fail("\(kind) of \(token.bid): \(result), not \(expected)") }
  }

  /// A notice after the window ends the reservation even before a turn does.
  private func expireOnTouch(_ token: NoticeToken) {
    guard token.bid.boot == bench.boot, let bid = model.bids[token.bid], bid.isLive,
      bid.expiresAt < bench.now.nanoseconds
    else { return }
    model.bids[token.bid]!.isLive = false
  }

  private func pass() {
    let milliseconds: Int =
      switch Int.random(in: 0..<20, using: &random) {
      case 0: Int.random(in: 3_000_000...30_000_000, using: &random)
      case 1..<5: Int.random(in: 1_000...15_000, using: &random)
      default: Int.random(in: 1...300, using: &random)
      }
    bench.pass(milliseconds: milliseconds)
    bench.ledger.tick(time: bench.time, now: bench.now)
    model.expire(at: bench.now.nanoseconds)
    if Bool.random(using: &random) { commit() }
  }

  func commit() {
    note()
    bench.commit()
    seen = 0
    model.committed = model.durable
  }

  private func takeCheckpoint() {
    commit()
    var bytes: [UInt8] = []
    bench.ledger.checkpoint(into: &bytes)
    bench.checkpoint = bytes
    bench.frames = []
    checkRoundTrip(bytes)
  }

  private func crash() {
    note()
    crashes += 1
    do {
      let milliseconds = Int.random(in: 0...6_000, using: &random)
      let next = bench.boot + 1
      try bench.crash(downFor: milliseconds)
      model.crash(into: next, at: bench.time, horizon: Int64(Self.horizonSeconds))
      seen = 0
      model.committed = model.durable
      adopt()
    } catch {
      fail("the journal is not believed: \(error)")
    }
  }

  // MARK: Plans

  private func change() {
    document = draw()
    adopt()
  }

  private func adopt() {
    for campaign in document.campaigns {
      // Budgets are in force before the grants that adopting makes.
      for (path, budget) in [(campaign.path, campaign.budget)]
        + campaign.lineItems.map({ ($0.path, $0.budget) })
      {
        if let account = bench.numbers.accounts[path] { model.budgets[account] = budget }
      }
    }
    bench.numbers = bench.ledger.adopt(document, time: bench.time, now: bench.now)
    for campaign in document.campaigns {
      let parent = bench.numbers.accounts[campaign.path]!
      model.budgets[parent] = campaign.budget
      for lineItem in campaign.lineItems {
        let account = bench.numbers.accounts[lineItem.path]!
        model.parents[account] = parent
        model.budgets[account] = lineItem.budget
      }
    }
    commit()
    checkClosed()
  }

  private func draw() -> LedgerPlan {
    LedgerPlan(
      campaigns: ["a/c", "a/d"].map { path in
        CampaignPlan(
          path: path,
          budget: BudgetPlan(total: money(in: 500...20_000), daily: money(in: 200...6_000)),
          isActive: Int.random(in: 0..<8, using: &random) > 0,
          zone: ZoneOffsets(steps: [
            ZoneStep(fromSeconds: .min, offsetSeconds: path == "a/c" ? -18_000 : 3_600),
            ZoneStep(
              fromSeconds: LedgerBench.noon.seconds + 150_000,
              offsetSeconds: path == "a/c" ? -14_400 : 7_200),
          ]),
          lineItems: Self.lineItems.filter { $0.hasPrefix(path) }.compactMap { draw($0) })
      }, exchanges: ["example"])
  }

  private func draw(_ path: String) -> LineItemPlan? {
    if Int.random(in: 0..<10, using: &random) == 0 { return nil }
    return LineItemPlan(
      path: path,
      budget: BudgetPlan(total: money(in: 100...9_000), daily: money(in: 100...3_000)),
      isActive: Int.random(in: 0..<8, using: &random) > 0,
      pacing: Bool.random(using: &random) ? .asap : .even, largestBid: Money(nanos: 130))
  }

  private func money(in range: ClosedRange<Int64>) -> Money? {
    Int.random(in: 0..<3, using: &random) == 0
      ? nil : Money(nanos: Int64.random(in: range, using: &random))
  }

  // MARK: Records

  /// Shows the model what the ledger chose to do since it last looked.
  private func note() {
    let bytes = bench.pendingBytes()
    do {
      while seen < bytes.count {
        let record = try JournalRecord.read(bytes.rawSpan, at: &seen)
        if let problem = model.note(record, at: bench.time) { fail(problem) }
      }
    } catch {
      fail("a record cannot be read: \(error)")
    }
  }
}
