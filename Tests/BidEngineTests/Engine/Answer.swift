import AuctionTypes
import BudgetLedger
import Foundation
import Testing

@testable import BidEngine

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
    let markup: String
    /// `nurl`, `burl`, `lurl`.
    let notices: [String]
    let expiry: Int?

    /// The URLs in attributes of the markup.
    var urls: [String] {
      markup.split(separator: "\"").map(String.init).filter { $0.contains("/n/") }
    }

    /// The URL of the pixel, which ends the markup.
    var pixel: String? {
      let end = "\" width=\"1\" height=\"1\" alt=\"\" style=\"display:none\">"
      guard markup.hasSuffix(end),
        let start = markup.range(of: "<img src=\"", options: .backwards)
      else { return nil }
      return String(markup[start.upperBound...].dropLast(end.count))
    }
  }

  let outcome: BidOutcome
  let bytes: [UInt8]
  let lines: [Explanation.Line]
  let currency: CurrencyCode
  /// What the ledger was told.
  var reservations: [Reservation] = []
  /// What the event log was told.
  var events: [AdEvent] = []

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
      height: try #require(member["h"] as? Int), members: Set(member.keys),
      markup: try text("adm"), notices: try ["nurl", "burl", "lurl"].map(text),
      expiry: member["exp"] as? Int)
  }
}
