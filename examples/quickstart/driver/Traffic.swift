import LinuxIO

/// Sends the quickstart's requests and keeps count.
enum Traffic {
  /// How many connections are kept alive: enough that every worker has some.
  static let connections = 8
  /// How often the requests are sent again for the latency, on each connection.
  static let rounds = 15

  /// Sends each request once and looks at the answers, then all of them again and again, one at a
  /// time, so that the latency is that of the server and not of a queue.
  static func run(_ requests: [BidRequest], at address: SocketAddress) throws -> Tally {
    var tally = Tally()
    var first = try Connection(to: address)
    for request in requests { tally.count(try first.post(request), to: request) }
    for _ in 0..<connections {
      var connection = try Connection(to: address)
      for _ in 0..<rounds {
        for request in requests { tally.latencies.add(try connection.post(request).nanoseconds) }
      }
    }
    return tally
  }
}
