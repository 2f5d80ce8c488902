import AuctionTypes
import AudienceIndex
import CampaignCatalog
import CampaignDocuments
import Support
import Testing

@testable import BidEngine

/// What is counted of line items against what the explanations of the same requests say.
@Suite struct FunnelTests {
  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func countsWhatTheExplanationsSay(seed: UInt64) throws {
    var documents = RandomDocuments(generator: SeededGenerator(seed: seed &+ 500))
    let advertisers = documents.advertisers()
    let (users, suppressed) = documents.users()
    let engine = Engine(
      advertisers, exchanges: RandomDocuments.exchanges,
      rules: BiddingRules(
        publicURLTLS: seed % 2 == 0 ? "https://nod.example" : nil,
        bidsWithoutConsent: seed % 5 != 0),
      idSpaces: ["nod", "one", "two", "partner.example"].map { IDSpace(name: $0) }, users: users,
      suppressed: suppressed)
    if seed % 3 == 0 {
      engine.purse.fill(documents.money(of: advertisers), at: Samples.monday)
      engine.foreseesAll = false
    }
    engine.counts = true
    var generator = RandomRequests(generator: SeededGenerator(seed: seed &* 7_919))
    var expected = Counts()
    for number in 0..<150 {
      let json = try generator.next()
      let answer = engine.answer(json, exchange: number % 2)
      if try PlainRequest(json).isTest { continue }
      expected.add(answer)
    }
    expected.check(engine, "seed \(seed)")
  }

  @Test func aBidThatTheResponseHasNoRoomForIsNone() {
    let engine = Engine([Samples.advertiser([Samples.lineItem()])], responseBytes: 64)
    engine.counts = true
    var expected = Counts()
    expected.add(engine.answer(Samples.request()))
    #expect(expected.outcomes["a/k/l"] == [.refused(.capacity): 1])
    expected.check(engine, "an answer of 64 bytes")
  }

  @Test func testsAndWhatCannotBeReadAreNotCounted() {
    let engine = Engine([Samples.advertiser([Samples.lineItem()])])
    engine.counts = true
    for json in [Samples.request(#""test":1"#), "{}", "[1"] { _ = engine.answer(json) }
    #expect(engine.funnel.requests == 0)
    #expect(engine.requests(.bid, "a/k/l") == 0)
  }

  @Test func thoseThatAreJudgedStandForTheRest() {
    let engine = Engine([Samples.advertiser([Samples.lineItem()])])
    engine.counts = true
    // Each costs 2 ms of the 10 s that may be saved.
    let most = Int(FunnelLimits.savedNanoseconds / 2_000_000)
    for _ in 0..<(most + 400) { _ = engine.answer(Samples.request()) }
    let judged = engine.funnel.judged
    #expect((UInt64(most) - 20)...UInt64(most) ~= judged)
    #expect(engine.funnel.requests == judged)
    #expect(engine.requests(.bid, "a/k/l") == judged)
    // A little later one more is paid for: it stands for all that were passed over.
    _ = engine.answer(Samples.request(), afterMilliseconds: 50)
    #expect(engine.funnel.judged == judged + 1)
    #expect(engine.funnel.requests == UInt64(most + 401))
    #expect(engine.requests(.bid, "a/k/l") == UInt64(most + 401))
  }

  @Test(arguments: [1, 1_000, 100_000])
  func judgesEvenlyOverTimeAtABoundedCost(lineItems: Int) {
    var budget = FunnelBudget()
    var times: [UInt64] = []
    // 20,000 requests a second for 30 seconds.
    for request in 0..<600_000 as Range<UInt64> {
      let now = 1_000_000_000_000 + request * 50_000
      if budget.spend(at: Instant(nanoseconds: now), lineItems: lineItems) { times.append(now) }
    }
    let cost =
      FunnelLimits.requestNanoseconds + UInt64(lineItems) * FunnelLimits.lineItemNanoseconds
    let spent = UInt64(times.count) * cost
    #expect(spent <= 40_000_000_000 / FunnelLimits.shareOfTime + 2 * cost)
    // Once what was saved is spent, no two follow each other at once.
    let late = times.suffix(20)
    for (one, next) in zip(late, late.dropFirst()) {
      #expect(next - one >= cost * FunnelLimits.shareOfTime - 50_000)
      #expect(next - one <= cost * FunnelLimits.shareOfTime + 50_000)
    }
  }

  @Test func countsNothingBeyondItsAccounts() {
    let advertisers = [Samples.advertiser([Samples.lineItem("x"), Samples.lineItem("y")])]
    let cells = FunnelCells(accounts: 1)
    cells.count(outcome: FunnelOutcome.bid.index, account: 0, requests: 3)
    cells.count(outcome: FunnelOutcome.bid.index, account: 1, requests: 4)
    cells.count(outcome: FunnelOutcome.bid.index, account: .max, requests: 5)
    #expect(cells.requests(.bid, of: AccountID(rawValue: 0)) == 3)
    #expect(cells.requests(.bid, of: AccountID(rawValue: 1)) == 0)
    let engine = Engine(
      advertisers, numbers: LedgerNumbers(exchanges: ["example": .init(rawValue: 1)]))
    engine.counts = true
    _ = engine.answer(Samples.request())
    #expect(engine.funnel.requests == 1)
  }
}

extension Engine {
  /// What was counted for a line item.
  func requests(_ outcome: FunnelOutcome, _ path: String) -> UInt64 {
    numbers.accounts[path].map { funnel.requests(outcome, of: $0) } ?? 0
  }
}

/// Explanations summed up, line item by line item.
private struct Counts {
  var outcomes: [String: [FunnelOutcome: UInt64]] = [:]
  /// Requests that are counted.
  var requests: UInt64 = 0

  mutating func add(_ answer: Answer) {
    requests += 1
    for line in answer.lines {
      let furthest = line.verdicts.map { verdict -> FunnelOutcome in
        switch verdict {
        case .bids: .bid
        case .refused(let reason): .refused(reason)
        }
      }.max { $0.index < $1.index }
      if let furthest { outcomes[line.path, default: [:]][furthest, default: 0] += 1 }
    }
  }

  /// Holds what an engine counted to this, outcome by outcome.
  func check(_ engine: Engine, _ place: Comment) {
    #expect(engine.funnel.requests == requests, place)
    let counters = FunnelCounters(workers: [engine.funnel])
    for (path, expected) in outcomes {
      guard let account = engine.numbers.accounts[path] else { continue }
      var matched: UInt64 = 0
      var sum: UInt64 = 0
      for index in 0..<FunnelOutcome.count {
        let outcome = FunnelOutcome(index: index)
        var count = engine.requests(outcome, path)
        if case .refused(let reason) = outcome { count += engine.funnel.unasked(reason) }
        #expect(count == expected[outcome] ?? 0, "\(path) \(outcome), \(place)")
        sum += count
        if outcome.isMatched { matched += engine.requests(outcome, path) }
      }
      #expect(sum == requests, "\(path), \(place)")
      #expect(counters.matched(account) == matched, "\(path), \(place)")
    }
  }
}
