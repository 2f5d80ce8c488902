import AuctionTypes
import AudienceIndex
import CampaignCatalog
import CampaignDocuments
import Foundation
import Support
import Testing

@testable import BidEngine

/// The pipeline against ``PlainAuction``, over line items and requests drawn at random.
struct RandomAuctionTests {
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func decidesAsThePlainReadingOfTheContract(seed: UInt64) throws {
    let counts = try Self.run(seed: seed, requests: 50)
    #expect(counts.bids > 0, "seed \(seed)")
  }

  /// With 18 words of line items: two blocks of the loop that narrows, which overlap.
  @Test(arguments: [201, 202] as [UInt64])
  func decidesSoAmongManyLineItems(seed: UInt64) throws {
    let counts = try Self.run(seed: seed, requests: 12, lineItemsOfCampaign: 92)
    #expect(counts.bids > 0, "seed \(seed)")
  }

  @Test func everyReasonThatARequestCanCauseOccurs() throws {
    var reasons: Set<NoBidReason> = []
    for seed in 101...120 as ClosedRange<UInt64> {
      reasons.formUnion(try Self.run(seed: seed, requests: 50).refusals)
    }
    let others: Set<NoBidReason> = [.shed, .deadline, .ping, .capacity]
    #expect(reasons == Set(NoBidReason.allCases).subtracting(others))
  }

  private static func run(
    seed: UInt64, requests count: Int, lineItemsOfCampaign: Int = 6
  ) throws -> (bids: Int, refusals: Set<NoBidReason>) {
    var documents = RandomDocuments(
      generator: SeededGenerator(seed: seed), lineItemsOfCampaign: lineItemsOfCampaign)
    let advertisers = documents.advertisers()
    let (users, suppressed) = documents.users()
    let money = seed % 3 == 0 ? documents.money(of: advertisers) : PlainMoney()
    let rules = BiddingRules(
      publicURLTLS: seed % 2 == 0 ? "https://nod.example" : nil, bidsWithoutConsent: seed % 5 != 0,
      assumesGDPR: seed % 3 != 0)
    let exchanges = RandomDocuments.exchanges
    let spaces = ["nod", "one", "two", "partner.example"].map { IDSpace(name: $0) }
    let registry = SegmentRegistry()
    let engine = Engine(
      advertisers, exchanges: exchanges, rules: rules, registry: registry, idSpaces: spaces,
      users: users, suppressed: suppressed)
    let book = AudienceBook(registry: registry, idSpaces: spaces, key: Engine.key)
    let plain = PlainAuction(
      advertisers, exchanges: exchanges, rules: rules, rates: Samples.currencies, users: users,
      suppressed: suppressed, money: money
    ) { id in
      let isForeign = id.hasPrefix("else.example:")
      let key = book.userKey(isForeign ? "\u{1}eids:" + id.dropFirst(13) : id)
      return key.map { Int(($0.low >> 32) % 100) }
    }
    var generator = RandomRequests(generator: SeededGenerator(seed: seed &* 1_000_003))
    var bids = 0
    var refusals: Set<NoBidReason> = []
    for number in 0..<count {
      let json = try generator.next()
      let exchange = number % 2
      let time = WallTime(
        milliseconds: Samples.monday.milliseconds + Int64(number % 20) * 3_723_000)
      engine.purse.fill(money, at: time)
      let answer = engine.answer(json, exchange: exchange, at: time)
      let request = try PlainRequest(json)
      let expected = plain.decide(request, exchange: exchange, at: time)
      let place: Comment = "seed \(seed), request \(number): \(json)"
      #expect(answer.reason == expected.reason, place)
      #expect(answer.lines.map(\.path) == plain.entries.map(\.path), place)
      for line in answer.lines {
        #expect(line.verdicts == expected.verdicts[line.path], "\(line.path), \(place)")
        for case .refused(let reason) in line.verdicts { refusals.insert(reason) }
      }
      if !money.left.isEmpty { #expect(engine.purse.amounts == money.left, place) }
      try check(answer, expected, request, json, plain, place)
      bids += expected.bids.count
    }
    return (bids, refusals)
  }

  /// Holds a response to the bids that it must have, and to what was asked.
  private static func check(
    _ answer: Answer, _ expected: PlainAuction.Decision, _ request: PlainRequest, _ json: String,
    _ plain: PlainAuction, _ place: Comment
  ) throws {
    let bids = try answer.bids()
    #expect(bids.count == expected.bids.count, place)
    guard !bids.isEmpty else { return }
    #expect(try answer.object()["cur"] as? String == expected.currency, place)
    let rawID = json.contains("\"id\":17") ? "17" : #""r-é\"1""#
    #expect(answer.text.hasPrefix(#"{"id":\#(rawID),"seatbid":["#), place)
    var left = bids
    for bid in expected.bids {
      let impression = request.impressions[bid.impression]
      let entry = try #require(plain.entries.first { $0.path == bid.path })
      let found = left.firstIndex { other in
        other.impression == "\(impression["id"] ?? "")" && other.priceMicros == bid.micros
          && other.deal?.lowercased() == bid.deal?.lowercased()
          && other.campaign == entry.campaign.id
          && entry.lineItem.creativeIDs.contains(other.creative)
      }
      guard let found else {
        Issue.record("no bid of \(bid), \(place)")
        continue
      }
      let other = left.remove(at: found)
      let creative = try #require(entry.advertiser.creatives.first { $0.id == other.creative })
      #expect(other.width == creative.widthPixels && other.height == creative.heightPixels, place)
    }
  }
}
