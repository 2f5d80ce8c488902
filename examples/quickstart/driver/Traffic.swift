import Foundation

/// Sends the quickstart's requests and keeps count.
struct Traffic {
  /// How many connections are kept alive.
  static let connections = 4
  /// How often the requests are sent again for the latency: some thousand times in all.
  static let rounds = 60

  /// What the first sending of each request came to.
  struct Outcome {
    var bids = 0
    var noBids: [String: Int] = [:]
    /// Requests that got something else than `expected.json` says.
    var surprises: [String] = []
    /// The first request that got a bid, for the reader to repeat.
    var example: BidRequest?
    /// Nanoseconds of every request of the later rounds, in order of size.
    var latencies: [UInt64] = []

    /// The latency that a share of the requests stays below, in microseconds.
    func microseconds(percentile: Double) -> Int {
      guard !latencies.isEmpty else { return 0 }
      let index = Int(Double(latencies.count) * percentile / 100)
      return Int(latencies[min(index, latencies.count - 1)] / 1_000)
    }
  }

  /// Sends each request once and looks at the answers, then all of them again and again.
  static func run(_ requests: [BidRequest], port: UInt16) throws -> Outcome {
    var outcome = Outcome()
    var first = try Connection(port: port)
    for request in requests { outcome.count(try first.post(request), of: request) }
    for _ in 0..<connections {
      var connection = try Connection(port: port)
      for _ in 0..<(rounds / connections) {
        for request in requests {
          outcome.latencies.append(try connection.post(request).nanoseconds)
        }
      }
    }
    outcome.latencies.sort()
    return outcome
  }
}

extension Traffic.Outcome {
  /// Counts the answer to a request and holds it to what is expected.
  fileprivate mutating func count(_ answer: Connection.Answer, of request: BidRequest) {
    let isBid = answer.status == 200
    if isBid {
      bids += 1
      if example == nil { example = request }
    } else {
      noBids[answer.reason ?? "status \(answer.status)", default: 0] += 1
    }
    guard isBid != request.isExpectedToBid || (!isBid && answer.reason != request.expectedReason)
    else { return }
    let got = isBid ? "a bid" : answer.reason ?? "status \(answer.status)"
    let wanted = request.isExpectedToBid ? "a bid" : request.expectedReason ?? "no bid"
    surprises.append("\(request.name): \(got) instead of \(wanted)")
  }
}
