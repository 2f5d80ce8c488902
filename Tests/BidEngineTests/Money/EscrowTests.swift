import AuctionTypes
import BudgetLedger
import CampaignCatalog
import CampaignDocuments
import OpenRTB
import Testing

@testable import BidEngine

/// What bids take from the escrow, and what becomes of it.
struct EscrowTests {
  private static let cost: Int64 = 2_000_000

  private func account(_ engine: Engine, _ path: String = "a/k/l") throws -> AccountID {
    try #require(engine.numbers.accounts[path])
  }

  @Test func aBidTakesItsPriceAndTellsTheLedgerAndTheEventLog() throws {
    let engine = Engine([Samples.advertiser()])
    engine.purse.fill("a/k/l", Money(nanos: 5_000_000))
    let answer = engine.answer(Samples.request(#""user":{"id":"u"}"#), sequence: 9)
    #expect(engine.purse.amounts == ["a/k/l": 3_000_000])
    let reservation = try #require(answer.reservations.first)
    #expect(answer.reservations.count == 1)
    #expect(reservation.bid == BidNumber(boot: Engine.boot, worker: 3, sequence: 9))
    #expect(try reservation.account == account(engine))
    #expect(reservation.day == LocalDay(rawValue: 20_514))
    #expect(reservation.amount == Money(nanos: Self.cost))
    #expect(reservation.madeAt == Instant(nanoseconds: 5_000_000_000))
    #expect(reservation.time == Samples.monday)
    #expect(reservation.capUser != 0)
    let event = try #require(answer.events.first)
    #expect(answer.events.count == 1)
    #expect(event.kind == .bid && event.price == CPM(micros: Self.cost))
    #expect(event.time == Samples.monday && event.token.bid == reservation.bid)
  }

  @Test func theLastCentIsBidAndNoMore() throws {
    let engine = Engine([Samples.advertiser()])
    engine.purse.fill("a/k/l", Money(nanos: 3 * Self.cost))
    for left in [2, 1, 0] as [Int64] {
      #expect(engine.answer(Samples.request()).outcome == .bid)
      #expect(engine.purse.amounts == ["a/k/l": left * Self.cost])
    }
    engine.purse.fill("a/k/l", Money(nanos: Self.cost - 1))
    let answer = engine.answer(Samples.request())
    #expect(answer.reason == .budget)
    #expect(answer.verdict("l") == .refused(.budget))
    #expect(answer.reservations.isEmpty && answer.events.isEmpty)
    #expect(engine.purse.amounts == ["a/k/l": Self.cost - 1])
  }

  @Test(arguments: [
    (EscrowCells.State.open, NoBidReason.budget), (.exhausted, .budget), (.paced, .pacing),
  ])
  func anEmptyCellSaysWhyAndIsReported(state: EscrowCells.State, reason: NoBidReason) throws {
    let engine = Engine([Samples.advertiser()])
    engine.purse.fill("a/k/l", Money(nanos: 1))
    let account = try account(engine)
    engine.purse.cells.set(state, lowMark: .zero, account: account)
    #expect(engine.answer(Samples.request()).reason == reason)
    #expect(engine.purse.cells.takeShortfall(of: account) == Money(nanos: Self.cost))
    #expect(engine.purse.cells.takeAttention(ofGroup: 0) == 1 << UInt64(account.rawValue))
  }

  @Test func escrowOfAnotherDayIsNotBid() {
    let engine = Engine([Samples.advertiser(zone: "America/New_York")])
    let midnight = WallTime(milliseconds: Samples.monday.milliseconds + 17 * 3_600_000)
    let before = WallTime(milliseconds: midnight.milliseconds - 1)
    engine.purse.fill("a/k/l", Money(nanos: 10 * Self.cost), at: before)
    #expect(engine.answer(Samples.request(), at: before).outcome == .bid)
    #expect(engine.answer(Samples.request(), at: midnight).reason == .budget)
    engine.purse.fill("a/k/l", Money(nanos: 10 * Self.cost), at: midnight)
    #expect(engine.answer(Samples.request(), at: midnight).outcome == .bid)
  }

  @Test func theNextBestBidsWhereTheBestHasNoMoney() throws {
    let engine = Engine([
      Samples.advertiser([Samples.lineItem("l1", cpm: 3_000_000), Samples.lineItem("l2")])
    ])
    engine.purse.fill("a/k/l1", Money(nanos: 2_999_999))
    engine.purse.fill("a/k/l2", Money(nanos: Self.cost))
    let answer = engine.answer(Samples.request())
    #expect(try answer.prices() == ["1": [Self.cost]])
    #expect(answer.verdict("l1") == .refused(.budget))
    #expect(engine.purse.amounts == ["a/k/l1": 2_999_999, "a/k/l2": 0])
  }

  @Test(
    arguments: [
      // advertiser's currency, cur, CPM in its micros, price in the bid's micros, nanos reserved
      ("EUR", "USD", 2_000_000, 2_160_000, 2_000_000),
      ("EUR", "USD", 2_000_001, 2_160_000, 2_000_000),
      ("JPY", "USD", 100_000_000, 670_000, 100_000_000),
      ("JPY", "EUR", 100_000_000, 620_300, 99_988_657),
      ("USD", "JPY", 2_000_000, 298_507_400, 2_000_000),
      ("USD", "USD", 2_000_099, 2_000_000, 2_000_000),
    ] as [(String, String, Int64, Int64, Int64)])
  func foreignPricesAreReservedInTheAccountsCurrencyRoundedUp(
    currency: String, asked: String, cpm: Int64, price: Int64, nanos: Int64
  ) throws {
    let engine = Engine([
      Samples.advertiser(currency: currency, [Samples.lineItem(cpm: cpm)])
    ])
    engine.purse.fill("a/k/l", Money(nanos: 1_000_000_000))
    let answer = engine.answer(Samples.request(#""cur":["\#(asked)"]"#))
    #expect(try answer.bids().map(\.priceMicros) == [price])
    let bid = try #require(answer.bids().first)
    let token = try #require(engine.purse.read(bid.notices[0])?.token)
    #expect(answer.reservations.map(\.amount) == [Money(nanos: nanos)])
    #expect(token.reserved == Money(nanos: nanos))
    #expect(engine.purse.amounts == ["a/k/l": 1_000_000_000 - nanos])
  }

  @Test func everyBidOfARequestIsReserved() throws {
    let engine = Engine([
      Samples.advertiser([
        Samples.lineItem("l1", cpm: 3_000_000), Samples.lineItem("l2", cpm: 1_000_000),
      ]), Samples.advertiser("b", seats: ["example": "other"]),
    ])
    for path in ["a/k/l1", "a/k/l2", "b/k/l"] { engine.purse.fill(path, Money(micros: 4_000)) }
    let imps = (1...3).map { #"{"id":"\#($0)","banner":{"w":300,"h":250}}"# }
    let answer = engine.answer(
      #"{"id":"r","imp":[\#(imps.joined(separator: ","))]}"#, sequence: 100)
    #expect(try answer.prices() == ["1": [3_000_000], "2": [2_000_000], "3": [1_000_000]])
    #expect(
      engine.purse.amounts == ["a/k/l1": 1_000_000, "a/k/l2": 3_000_000, "b/k/l": 2_000_000])
    #expect(answer.reservations.map(\.bid.sequence) == [100, 101, 102])
    #expect(answer.reservations.map(\.amount.nanos) == [3_000_000, 2_000_000, 1_000_000])
    // Bids stand seat by seat in the response; each has its own token.
    let bids = try answer.bids()
    #expect(bids.map(\.impression) == ["1", "3", "2"])
    let tokens = bids.map { engine.purse.read($0.notices[1])?.token }
    #expect(tokens.map { $0?.bid.sequence } == [100, 102, 101])
    #expect(tokens.map { $0?.price.micros } == bids.map { $0.priceMicros })
  }

  @Test func bidsAreNumberedWithoutGaps() throws {
    let engine = Engine([
      Samples.advertiser([Samples.lineItem("l1"), Samples.lineItem("l2")])
    ])
    let two =
      #"{"id":"r","imp":[{"id":"1","banner":{"w":300,"h":250}},"#
      + #"{"id":"2","banner":{"w":300,"h":250}}]}"#
    var ids: [String] = []
    for request in [
      Samples.request(), two, Samples.request(banner: #""w":1,"h":1"#), "{}",
      Samples.request(#""test":1"#), two,
    ] {
      ids += try engine.answer(request).bids().map(\.id)
    }
    #expect(ids.map { $0.suffix(14) } == (0..<6).map { "0000000000000\($0)" })
  }

  @Test func aTestBidTakesNothingAndTellsNobody() throws {
    let cap = FrequencyCap(impressions: 1, periodSeconds: 3_600)
    let engine = Engine([Samples.advertiser([Samples.lineItem(caps: [cap])])])
    engine.purse.fill("a/k/l", Money(nanos: 1))
    for members in [#""test":1,"user":{"id":"u"}"#, #""test":1"#] {
      let answer = engine.answer(Samples.request(members))
      let bid = try #require(answer.bids().first)
      #expect(engine.purse.read(bid.notices[0])?.token.isTest == true)
      #expect(answer.reservations.isEmpty && answer.events.isEmpty)
    }
    #expect(engine.purse.amounts == ["a/k/l": 1])
    engine.purse.cells.stop()
    #expect(engine.answer(Samples.request(#""test":1"#)).outcome == .bid)
    #expect(engine.answer(Samples.request()).reason == .shed)
  }

  @Test func aResponseThatDoesNotFitGivesEverythingBack() throws {
    let cap = FrequencyCap(impressions: 1, periodSeconds: 3_600)
    let engine = Engine(
      [Samples.advertiser(caps: [cap], [Samples.lineItem(caps: [cap])])], responseBytes: 400)
    engine.purse.fill("a/k/l", Money(nanos: Self.cost))
    for _ in 0..<3 {
      let answer = engine.answer(Samples.request(#""user":{"id":"u"}"#))
      #expect(answer.reason == .capacity)
      #expect(answer.reservations.isEmpty && answer.events.isEmpty)
      #expect(engine.purse.amounts == ["a/k/l": Self.cost])
    }
  }

  @Test func whatIsGivenBackAfterMidnightGoesToTheLedgerAsExpired() throws {
    let engine = Engine([Samples.advertiser()])
    engine.purse.fill("a/k/l", Money(nanos: 2 * Self.cost))
    let first = try #require(engine.answer(Samples.request(), sequence: 5).reservations.first)
    engine.cancel()
    #expect(engine.purse.amounts == ["a/k/l": 2 * Self.cost])
    #expect(engine.purse.reservations().isEmpty)

    let account = try account(engine)
    _ = engine.purse.cells.reset(account, to: LocalDay(rawValue: 20_515))
    engine.cancel()
    #expect(engine.purse.amounts == ["a/k/l": 0])
    let reservation = try #require(engine.purse.reservations().first)
    #expect(reservation.amount == first.amount && reservation.day == first.day)
    #expect(reservation.windowSeconds == 0 && reservation.capUser == 0)
    #expect(reservation.bid.sequence == 6)
  }

  @Test func aFullLaneShedsLoadUntilTheLedgerHasRead() {
    let engine = Engine([Samples.advertiser()])
    let lane = engine.purse.lane
    let filler = Reservation(
      bid: BidNumber(boot: 0, worker: 0, sequence: 0), account: AccountID(rawValue: 0),
      day: LocalDay(rawValue: 0), amount: .zero, madeAt: Instant(nanoseconds: 0),
      time: Samples.monday, windowSeconds: 0)
    func fill(to count: Int) {
      for _ in 0..<count where !lane.reservations.push(filler) { Issue.record("full") }
    }
    engine.drains = false
    fill(to: lane.reservations.capacity - 2 * EngineLimits.bids)
    #expect(engine.answer(Samples.request()).outcome == .bid)
    #expect(engine.answer(Samples.request()).reason == .shed)
    #expect(engine.answer(Samples.request(#""test":1"#)).outcome == .bid)
    #expect(engine.answer("[]").outcome == .malformed(.notAnObject))
    _ = lane.reservations.pop()
    #expect(engine.answer(Samples.request()).outcome == .bid)
  }

  @Test func aFullLedgerShedsLoadUntilItHasRoom() {
    let engine = Engine([Samples.advertiser()])
    engine.purse.cells.set(isFull: true)
    #expect(engine.answer(Samples.request()).reason == .shed)
    #expect(engine.answer(Samples.request(#""test":1"#)).outcome == .bid)
    engine.purse.cells.set(isFull: false)
    #expect(engine.answer(Samples.request()).outcome == .bid)
  }

  @Test func whatTheLedgerHasNoNumberForDoesNotBid() {
    let advertisers = [Samples.advertiser()]
    let exchanges = [ExchangeRules(name: "example")]
    let all = LedgerNumbers.sequential(for: advertisers, exchanges: exchanges)
    func reason(_ change: (inout LedgerNumbers) -> Void) -> NoBidReason? {
      var numbers = all
      change(&numbers)
      return Engine(advertisers, exchanges: exchanges, numbers: numbers).answer(Samples.request())
        .reason
    }
    #expect(reason { _ in } == nil)
    #expect(reason { $0.accounts["a/k/l"] = nil } == .budget)
    #expect(reason { $0.exchanges = [:] } == .budget)
    #expect(reason { $0.creatives = [:] } == .size)
  }

  @Test func aPriceBeyondWhatATokenHoldsIsNoBid() {
    for (micros, reason) in [
      (EngineLimits.priceMicros - 1, nil), (EngineLimits.priceMicros, .budget),
    ] as [(Int64, NoBidReason?)] {
      let engine = Engine(
        [Samples.advertiser([Samples.lineItem(cpm: micros)])],
        exchanges: [ExchangeRules(name: "example", priceDecimals: 6)])
      #expect(engine.answer(Samples.request(#""test":1"#)).reason == reason)
    }
  }
}
