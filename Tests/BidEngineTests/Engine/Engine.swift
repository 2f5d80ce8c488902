import AuctionTypes
import AudienceIndex
import CampaignCatalog
import CampaignDocuments
import FixedMemory
import Foundation
import Testing

@testable import BidEngine

/// A pipeline with all that it needs, as a worker has it.
final class Engine {
  static let key = HashKey(first: 0x1234, second: 0x5678)

  private let catalog: CampaignCatalog
  private let audience: AudienceView
  private let spaces: IdentitySpaces
  private var pipeline = BidPipeline()
  private var explainer = BidPipeline()
  private var response: FixedBuffer
  private var explained: FixedBuffer
  private var sequence: UInt64 = 0

  init(
    _ advertisers: [Advertiser], exchanges: [ExchangeRules] = [ExchangeRules(name: "example")],
    rules: BiddingRules = BiddingRules(),
    rates: [CurrencyCode: Int64] = Samples.currencies, registry: SegmentRegistry? = nil,
    idSpaces: [IDSpace] = [IDSpace(name: "nod"), IDSpace(name: "example")],
    users: [String: [String]] = [:], suppressed: [String] = [], responseBytes: Int = 1 << 17
  ) {
    let registry = registry ?? SegmentRegistry()
    let book = AudienceBook(registry: registry, idSpaces: idSpaces, key: Self.key)
    audience = book.view(users: users, suppressed: suppressed)
    catalog = CatalogCompiler(
      advertisers: advertisers, exchanges: exchanges, rules: rules, rates: rates,
      registry: registry, now: Samples.monday
    ).compile()
    spaces = IdentitySpaces(
      spaces: idSpaces, sources: idSpaces.map(\.name),
      exchangeSpaces: exchanges.map(\.idSpace), key: Self.key)
    response = FixedBuffer(capacity: responseBytes)
    explained = FixedBuffer(capacity: responseBytes)
  }

  /// What a request is answered; every answer is checked against its explanation.
  func answer(
    _ json: String, exchange: Int = 0, afterMilliseconds age: Double = 0,
    at time: WallTime = Samples.monday, sequence given: UInt64? = nil
  ) -> Answer {
    sequence += 1
    let context = BidContext(
      exchange: exchange, received: Instant(nanoseconds: 5_000_000_000),
      now: Instant(nanoseconds: 5_000_000_000 + UInt64(age * 1_000_000)), time: time,
      nonce: AuctionNonce(boot: 0xFEED_BEEF, worker: 3, sequence: given ?? sequence))
    let body = Array(json.utf8)
    let outcome = pipeline.decide(
      body.rawSpan, context, catalog, audience, spaces, into: &response)
    let explanation = explainer.explain(
      body.rawSpan, context, catalog, audience, spaces, into: &explained)
    let answer = Answer(
      outcome: outcome, bytes: bytes, lines: explanation.lines, currency: explanation.currency)
    #expect(explanation.outcome == outcome, "explain differs from decide: \(json)")
    #expect(explanation.response == answer.bytes, "explain differs from decide: \(json)")
    return answer
  }

  private var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for offset in 0..<response.count { bytes.append(response.bytes.byte(at: offset)) }
    return bytes
  }
}

/// What a request was answered, read back.
struct Answer {
  struct Bid: Equatable {
    let impression: String
    let priceMicros: Int64
    let campaign: String
    let creative: String
    let deal: String?
    let seat: String
    let id: String
    let width: Int
    let height: Int
    let members: Set<String>
  }

  let outcome: BidOutcome
  let bytes: [UInt8]
  let lines: [Explanation.Line]
  let currency: CurrencyCode

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Why there is no bid; nil where there is one.
  var reason: NoBidReason? {
    if case .noBid(let reason) = outcome { return reason }
    return nil
  }

  /// The response as Foundation reads it.
  func object() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  /// The bids of all seats, in the response's order.
  func bids() throws -> [Bid] {
    guard outcome == .bid else {
      #expect(bytes.isEmpty)
      return []
    }
    var bids: [Bid] = []
    var seats: Set<String> = []
    for group in try #require(try object()["seatbid"] as? [[String: Any]]) {
      let seat = try #require(group["seat"] as? String)
      #expect(seats.insert(seat).inserted, "two seatbids of one seat")
      let members = try #require(group["bid"] as? [[String: Any]])
      #expect(!members.isEmpty)
      for member in members { bids.append(try Self.bid(member, seat: seat)) }
    }
    #expect(Set(bids.map(\.id)).count == bids.count, "a bid id twice")
    return bids
  }

  /// Prices by impression, in micros; the sum of what is bid there.
  func prices() throws -> [String: [Int64]] {
    Dictionary(grouping: try bids(), by: \.impression).mapValues { $0.map(\.priceMicros).sorted() }
  }

  /// What became of a line item at the first impression, by the last part of its path.
  func verdict(_ lineItem: String, impression: Int = 0) -> Explanation.Verdict? {
    lines.first { $0.path.hasSuffix("/\(lineItem)") }?.verdicts[impression]
  }

  private static func bid(_ member: [String: Any], seat: String) throws -> Bid {
    func text(_ key: String) throws -> String {
      try #require(member[key].map { "\($0)" }, "no \(key)")
    }
    let price = try #require(member["price"] as? Double)
    #expect(member["mtype"] as? Int == 1)
    return Bid(
      impression: try text("impid"), priceMicros: Int64((price * 1_000_000).rounded()),
      campaign: try text("cid"), creative: try text("adid"), deal: member["dealid"].map { "\($0)" },
      seat: seat, id: try text("id"), width: try #require(member["w"] as? Int),
      height: try #require(member["h"] as? Int), members: Set(member.keys))
  }
}
