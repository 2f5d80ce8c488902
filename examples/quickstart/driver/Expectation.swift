/// What a request must get: an entry of `expected.json`.
struct Expectation: Decodable, Sendable {
  /// A bid that must be there.
  struct Bid: Decodable, Sendable {
    let impid: String
    /// `advertiser/campaign/line item`, where only one can win the impression.
    let lineItem: String?
    let price: Double?
    let dealid: String?

    private enum CodingKeys: String, CodingKey {
      case impid, price, dealid
      case lineItem = "line_item"
    }
  }

  let name: String
  let outcome: String
  /// Why there is no bid.
  let reason: String?
  let cur: String?
  let bids: [Bid]?
  /// Whether there may be more bids than those listed.
  let others: Bool?

  /// What is wrong with an answer, or nil.
  func objection(to answer: Connection.Answer) -> String? {
    guard outcome == "bid" else {
      let isRefusal = answer.status == 204 && answer.reason == reason
      return isRefusal ? nil : "\(answer.summary) instead of \(reason ?? "no bid")"
    }
    guard answer.status == 200 else { return "\(answer.summary) instead of a bid" }
    guard let response = BidResponse(answer.body) else {
      return "a bid response that cannot be read"
    }
    return objection(to: response)
  }

  private func objection(to response: BidResponse) -> String? {
    // OpenRTB 2.6, 4.2.1: a response without a currency is in USD.
    guard (response.cur ?? "USD") == cur ?? "USD" else {
      return "bids in \(response.cur ?? "USD") instead of \(cur ?? "USD")"
    }
    let made = response.bids
    for bid in bids ?? [] where !made.contains(where: { Self.fits($0, bid) }) {
      return "no bid for impression \(bid.impid) as listed (\(bid.lineItem ?? "any line item"))"
    }
    let isComplete = others == true || made.count == bids?.count
    return isComplete ? nil : "\(made.count) bids instead of \(bids?.count ?? 0)"
  }

  private static func fits(_ made: BidResponse.Bid, _ listed: Bid) -> Bool {
    let campaign = listed.lineItem?.split(separator: "/").dropFirst().first
    return made.impid == listed.impid && made.dealid == listed.dealid
      && (listed.price == nil || listed.price == made.price)
      && (campaign == nil || campaign! == made.cid)
  }
}

extension Connection.Answer {
  /// A word for what came back.
  fileprivate var summary: String {
    status == 200 ? "a bid" : reason ?? "status \(status)"
  }
}
