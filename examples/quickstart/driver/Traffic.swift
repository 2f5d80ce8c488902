import LinuxIO

/// Sends the quickstart's requests and keeps count.
enum Traffic {
  /// How many connections are kept alive: enough that every worker has some.
  static let connections = 8
  /// How often the requests are sent again for the latency, on each connection.
  static let rounds = 15

  /// Sends each request once, looks at the answers, and ends the auctions of the bids; then sends
  /// all of them again and again, one at a time, so that the latency is that of the server and not
  /// of a queue. The auctions of these are lost.
  static func run(_ requests: [BidRequest], at address: SocketAddress) throws -> Tally {
    var tally = Tally()
    var first = try Connection(to: address)
    for request in requests { tally.count(try first.post(request), to: request) }
    try tally.notices.settle(tally.sales, over: &first)
    for _ in 0..<connections {
      var connection = try Connection(to: address)
      var sales: [Notices.Sale] = []
      for _ in 0..<rounds {
        for request in requests {
          let answer = try connection.post(request)
          tally.latencies.add(answer.nanoseconds)
          sales += Notices.Sale.all(of: answer, to: request)
        }
      }
      var lost = Notices()
      try lost.lose(sales, over: &connection)
    }
    return tally
  }
}
