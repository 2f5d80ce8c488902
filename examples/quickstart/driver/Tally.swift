/// What the requests came to.
struct Tally {
  /// Requests that were sent the first time.
  private(set) var requests = 0
  /// Those of them that got a bid.
  private(set) var bids = 0
  /// The others, by `X-Nod-Reason`, or by status where it is missing.
  private(set) var noBids: [String: Int] = [:]
  /// Requests that got something else than `expected.json` says.
  private(set) var surprises: [String] = []
  /// The first request that got a bid, for the reader to repeat.
  private(set) var example: BidRequest?
  /// The bids of these requests, whose auctions the quickstart ends.
  private(set) var sales: [Notices.Sale] = []
  /// What became of them.
  var notices = Notices()
  /// How long the later rounds' requests took.
  var latencies = Latencies()

  /// Counts the first answer to a request and holds it to what is expected.
  mutating func count(_ answer: Connection.Answer, to request: BidRequest) {
    requests += 1
    sales += Notices.Sale.all(of: answer, to: request)
    if answer.status == 200 {
      bids += 1
      if example == nil { example = request }
    } else {
      noBids[answer.reason ?? "status \(answer.status)", default: 0] += 1
    }
    if let objection = request.expectation.objection(to: answer) {
      surprises.append("\(request.name): \(objection)")
    }
  }

  /// The reasons, the most frequent first, then by name.
  var rankedNoBids: [(reason: String, count: Int)] {
    noBids.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}

/// Times of requests.
struct Latencies {
  private var nanoseconds: [UInt64] = []
  private var isSorted = true

  /// How many there are.
  var count: Int { nanoseconds.count }

  /// Adds one.
  mutating func add(_ value: UInt64) {
    nanoseconds.append(value)
    isSorted = false
  }

  /// The least time that at least this share of the requests, in percent, did not exceed, in
  /// microseconds rounded up (the nearest rank); 0 where there are none.
  ///
  /// - Complexity: O(*n* log *n*) at first.
  mutating func microseconds(percentile: Int) -> Int {
    precondition((1...100).contains(percentile), "a share of the requests")
    guard !nanoseconds.isEmpty else { return 0 }
    if !isSorted { nanoseconds.sort() }
    isSorted = true
    let rank = (nanoseconds.count * percentile + 99) / 100
    return Int((nanoseconds[rank - 1] + 999) / 1_000)
  }
}
