import ArgumentParser
import AudienceIndex
import LinuxIO
import LoadGeneration

/// What is sent, over which connections, and what follows a bid.
struct RequestOptions: ParsableArguments {
  @Argument(help: "The target, such as http://127.0.0.1:8080/openrtb2/example.")
  var target: [String] = []

  @Option(help: "A folder of JSON requests, a JSON file, or a file with one a line.")
  var corpus: String?

  @Option(help: "A path, with =WEIGHT to mix several; given again for each (default: the URL's).")
  var path: [PathValue] = []

  @Option(help: "A file of known user ids, one a line, for user.buyeruid.")
  var ids: String?

  @Option(help: "Known ids are those of `nod audience synth` with so many users.")
  var syntheticUsers: Int?

  @Option(help: "The seed of `nod audience synth`.")
  var syntheticSeed: UInt64 = 1

  @Option(help: "The share of requests with a known id; the others have one that nobody knows.")
  var knownShare = ShareValue(share: 1)

  @Option(help: "Zipf's exponent of how often each known id comes; 0: all alike.")
  var skew = 1.0

  @Flag(help: "Send bodies as gzip.")
  var gzip = false

  @Option(help: "A further header field, as 'Name: value'; may be given again.")
  var header: [String] = []

  @Option(help: "Connections of all threads.")
  var connections = 64

  @Option(help: "Threads that send.")
  var threads = 1

  @Option(help: "Close and open a connection again after about so many requests.")
  var requestsPerConnection: Int?

  @Option(help: "Close and open a connection again after about so long.")
  var connectionLifetime: TimeValue?

  @Option(help: "An answer after this is late.")
  var deadline = TimeValue(nanoseconds: 100_000_000)

  @Option(help: "A request without an answer after this is given up, its connection closed.")
  var timeout = TimeValue.seconds(5)

  @Option(help: "A request that found no connection for this long is not sent (default: timeout).")
  var giveUp: TimeValue?

  @Flag(help: "Fire the notices of bids.")
  var notices = false

  @Option(help: "The share of bids that win: nurl and burl are fired, for the others lurl.")
  var winRate = ShareValue(share: 0.3)

  @Option(help: "The time from a bid to its notice, as SHORTEST..LONGEST.")
  var noticeDelay = TimeSpan(shortest: 50_000_000, longest: 500_000_000)

  @Option(help: "What a win costs, as a share of its bid.")
  var clearingShare = ShareValue(share: 1)

  @Option(help: "Connections for notices.")
  var noticeConnections = 32

  @Option(help: "What all chance follows.")
  var seed: UInt64 = 1

  @Flag(help: "Look for work all the time instead of sleeping until it is due.")
  var spin = false

  @Option(help: "The target's process, whose processor time is reported.")
  var targetPid: Int32?

  /// A plan with these options; its arrivals are set by the caller.
  func plan(corpus: Corpus, url: TargetURL) throws(LoadFailure) -> LoadPlan {
    var mix = RequestMix(
      host: url.host,
      paths: path.isEmpty ? [RequestMix.Path(path: url.path)] : path.map { $0.path },
      corpus: corpus, ids: try userIDs())
    mix.isCompressed = gzip
    mix.fields = header
    mix.seed = seed
    var plan = LoadPlan(
      target: url.address, mix: mix.prepared(), arrivals: .closed(nanoseconds: 0))
    plan.connections = connections
    plan.threads = threads
    plan.requestsPerConnection = requestsPerConnection
    plan.connectionNanoseconds = connectionLifetime?.nanoseconds
    plan.deadlineNanoseconds = deadline.nanoseconds
    plan.timeoutNanoseconds = timeout.nanoseconds
    plan.giveUpNanoseconds = (giveUp ?? timeout).nanoseconds
    plan.isSpinning = spin
    if notices {
      plan.notices = NoticeRules(
        winRate: winRate.share, shortestDelay: noticeDelay.shortest,
        longestDelay: noticeDelay.longest, clearingShare: clearingShare.share)
      plan.noticeConnections = max(noticeConnections, threads)
    }
    return plan
  }

  /// The target's URL.
  func url() throws(LoadFailure) -> TargetURL {
    guard let text = target.last else {
      throw .usage("no target: give a URL such as http://127.0.0.1:8080/openrtb2/example")
    }
    return try TargetURL(text)
  }

  /// The bodies.
  func readCorpus() throws(LoadFailure) -> Corpus {
    guard let corpus else { throw .usage("--corpus: give a folder or a file of requests") }
    do { return try Corpus(path: corpus) } catch { throw .data(error.description) }
  }

  /// Refuses what cannot be, naming the option.
  func check() throws(LoadFailure) {
    try Self.check("--connections", connections, 1...LoadLimits.connections)
    try Self.check("--threads", threads, 1...LoadLimits.threads)
    guard connections >= threads else {
      throw .usage("--connections: \(connections) are fewer than --threads \(threads)")
    }
    try Self.check("--notice-connections", noticeConnections, 1...LoadLimits.connections)
    if let requestsPerConnection {
      try Self.check("--requests-per-connection", requestsPerConnection, 1...Int(Int32.max))
    }
    guard ids == nil || syntheticUsers == nil else {
      throw .usage("--ids and --synthetic-users: give one of them")
    }
    if let syntheticUsers { try Self.check("--synthetic-users", syntheticUsers, 1...2_000_000_000) }
    guard skew.isFinite, (0...10).contains(skew) else { throw .usage("--skew: wants 0 to 10") }
    for (name, value) in [("--timeout", timeout), ("--deadline", deadline)]
    where value.nanoseconds == 0 {
      throw .usage("\(name): wants more than 0")
    }
    for field in header { try Self.check(field) }
  }

  private static func check(
    _ name: String, _ value: Int, _ range: ClosedRange<Int>
  ) throws(LoadFailure) {
    guard range.contains(value) else {
      throw .usage("\(name): \(value) is not from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  /// Refuses a field that is none, that is written anyway, or whose effect could not be read.
  private static func check(_ field: String) throws(LoadFailure) {
    let parts = field.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
      field.utf8.allSatisfy({ $0 >= 32 && $0 != 127 })
    else { throw .usage("--header: `\(field)` is not of the form 'Name: value'") }
    let name = parts[0].lowercased()
    guard !writtenFields.contains(name) else {
      throw .usage("--header: `\(parts[0])` is written by nod-load itself")
    }
    let value = parts[1].lowercased().filter { $0 != " " && $0 != "\t" }
    guard name != "accept-encoding" || ["gzip", "identity"].contains(value) else {
      throw .usage("--header: `\(field)`: nod-load reads gzip and identity alone")
    }
  }

  private static let writtenFields: Set = [
    "host", "content-type", "content-length", "content-encoding", "transfer-encoding",
    "x-openrtb-version",
  ]

  private func userIDs() throws(LoadFailure) -> UserIDs? {
    if let ids {
      do {
        return UserIDs(
          known: .list(try UserIDs.list(path: ids)), knownShare: knownShare.share, skew: skew)
      } catch { throw .data(error.description) }
    }
    return syntheticUsers.map {
      UserIDs(
        known: .synthetic(SyntheticIDs(seed: syntheticSeed), users: $0),
        knownShare: knownShare.share, skew: skew)
    }
  }
}
