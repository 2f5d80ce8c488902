/// What an exchange tells of the quickstart's bids, and what it charges for them.
struct Notices {
  /// A bid whose auction is over.
  struct Sale {
    let bid: BidResponse.Bid
    let price: Price
    /// A test is told of like any bid, but is not paid for.
    let isTest: Bool

    /// The bids of an answer; none where it has none.
    static func all(of answer: Connection.Answer, to request: BidRequest) -> [Sale] {
      guard answer.status == 200, let response = BidResponse(answer.body) else { return [] }
      return response.bids.map { bid in
        Sale(
          bid: bid, price: Price(bid.price, currency: response.cur ?? "USD"),
          isTest: request.isTest)
      }
    }
  }

  /// How many were sent, by kind.
  private(set) var counts: [(kind: String, count: Int)] = []
  /// What was charged, in nano-units of US dollars, by campaign.
  private(set) var paidNanos: [String: Int] = [:]

  /// Ends the auctions of some bids in turn as exchanges do: billed at the bid, billed at less,
  /// lost, won and then billed, billed twice.
  mutating func settle(_ sales: [Sale], over connection: inout Connection) throws {
    for (index, sale) in sales.enumerated() {
      paidNanos[sale.bid.cid, default: 0] += 0
      switch index % 5 {
      case 0: try bill(sale, at: sale.price, &connection)
      case 1: try bill(sale, at: sale.price.cleared, &connection)
      case 2: try lose(sale, &connection)
      case 3:
        try send("won", sale.bid.nurl, sale.price, &connection)
        try bill(sale, at: sale.price, &connection)
      default:
        try bill(sale, at: sale.price, &connection)
        try send("billed again", sale.bid.burl, sale.price, &connection)
      }
    }
  }

  /// Tells that auctions were lost, so that nothing is held for them any more.
  mutating func lose(_ sales: [Sale], over connection: inout Connection) throws {
    for sale in sales { try lose(sale, &connection) }
  }

  private mutating func bill(
    _ sale: Sale, at price: Price, _ connection: inout Connection
  ) throws {
    let isLess = price != sale.price
    try send(isLess ? "billed below the bid" : "billed", sale.bid.burl, price, &connection)
    guard !sale.isTest else { return }
    paidNanos[sale.bid.cid, default: 0] += try price.nanosOfOne
  }

  private mutating func lose(_ sale: Sale, _ connection: inout Connection) throws {
    try send("lost", sale.bid.lurl, sale.price, &connection)
  }

  private mutating func send(
    _ kind: String, _ url: String?, _ price: Price, _ connection: inout Connection
  ) throws {
    guard let url, let path = Self.path(of: url) else {
      throw Failure("a bid of \(price.text) has no URL to tell that it was \(kind)")
    }
    // 102 of OpenRTB 2.6, 5.25: lost to a higher bid.
    let target = path.replacing("${AUCTION_PRICE}", with: price.text)
      .replacing("${AUCTION_LOSS}", with: "102")
      .replacing("${AUCTION_MIN_TO_WIN}", with: price.text)
    let answer = try connection.get(target)
    guard answer.status == 204 else { throw Failure("\(answer.status) to \(kind): \(target)") }
    if let index = counts.firstIndex(where: { $0.kind == kind }) {
      counts[index].count += 1
    } else {
      counts.append((kind, 1))
    }
  }

  /// What follows scheme and authority.
  static func path(of url: String) -> String? {
    guard let scheme = url.range(of: "://") else { return nil }
    guard let slash = url[scheme.upperBound...].firstIndex(of: "/") else { return nil }
    return String(url[slash...])
  }
}
