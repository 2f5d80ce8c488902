import Foundation

/// The members of a bid response that the quickstart looks at.
struct BidResponse: Decodable {
  struct Seat: Decodable { let bid: [Bid] }

  struct Bid: Decodable {
    let impid: String
    /// CPM in the response's currency.
    let price: Double
    /// The campaign.
    let cid: String
    let dealid: String?
    /// Where to tell of a win, of the billing, of a loss.
    let nurl: String?
    let burl: String?
    let lurl: String?
  }

  let cur: String?
  let seatbid: [Seat]

  /// All bids of all seats.
  var bids: [Bid] { seatbid.flatMap { $0.bid } }

  /// Nil where the body is no bid response.
  init?(_ body: [UInt8]) {
    guard let response = try? JSONDecoder().decode(Self.self, from: Data(body)) else { return nil }
    self = response
  }
}
