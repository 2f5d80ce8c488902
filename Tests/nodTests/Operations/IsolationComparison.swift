import Foundation

/// Bids with and without a burden on the control plane.
///
/// Times with and without alternate, so that what else the machine does falls on both; medians over
/// them are compared.
struct IsolationComparison: CustomStringConvertible {
  /// Whether times are judged: by `make isolation` alone, where nothing else runs.
  static let isTimed =
    NodProcess.releaseExecutable != nil
    && ProcessInfo.processInfo.environment["NOD_ISOLATION"] == "1"

  private static let pairs = isTimed ? 7 : 2
  /// The most that a comparison is repeated while the machine is too uneven for it.
  private static let rounds = 3
  private static let rate = isTimed ? 4_000 : 400
  private static let seconds = 0.7
  /// What the burden may add, of the 99th percentile without it.
  private static let allowedRatio = 1.3
  /// Below so many microseconds the difference is of no consequence: two thousandths of a
  /// deadline.
  private static let floorMicroseconds = 200.0

  private let name: String
  private var idle: [BidProbe.Slice] = []
  private var burdened: [BidProbe.Slice] = []
  /// Requests in all rounds.
  private var requests = 0
  /// Those that were answered with no bid.
  private var noBids = 0
  /// Those that were not answered as they should be.
  private(set) var failures = 0

  /// Compares.
  ///
  /// - Parameter burden: runs what it is given while the control plane is busy, and ends that.
  init(
    _ name: String, _ probe: BidProbe,
    _ burden: (() throws -> BidProbe.Slice) throws -> BidProbe.Slice
  ) throws {
    self.name = name
    _ = try Self.ask(probe)
    for round in 1...Self.rounds {
      try takeTurns(probe, burden)
      print("isolation, \(self)")
      if isGood || !Self.isTimed || round == Self.rounds { break }
    }
  }

  private mutating func takeTurns(
    _ probe: BidProbe, _ burden: (() throws -> BidProbe.Slice) throws -> BidProbe.Slice
  ) throws {
    idle = []
    burdened = []
    for _ in 0..<Self.pairs {
      idle.append(try Self.ask(probe))
      burdened.append(try burden { try Self.ask(probe) })
    }
    for slice in idle + burdened {
      requests += slice.bids + slice.noBids + slice.failed
      noBids += slice.noBids
      failures += slice.failed
    }
  }

  private static func ask(_ probe: BidProbe) throws -> BidProbe.Slice {
    try probe.ask(perSecond: rate, seconds: seconds)
  }

  /// Whether bids came as they should. Where the suite and the server share processors with all
  /// else that runs, some may find that the ledger's thread has not granted yet.
  var hasItsBids: Bool { noBids == 0 || !Self.isTimed && noBids * 20 < requests }

  /// Whether the burden is not felt.
  var isGood: Bool {
    let limit = max(Self.allowedRatio * median(idle, \.percentile99), Self.floorMicroseconds)
    return median(burdened, \.percentile99) <= limit
  }

  var description: String {
    let (a, b) = (median(idle, \.percentile99), median(burdened, \.percentile99))
    return String(
      format: "%@: p99 %.0f us without, %.0f us beside it (%.2f times), half within %.0f and %.0f, "
        + "the probe late by %.0f and %.0f, %d requests, %d without a bid, %d failed",
      name, a, b, b / a, median(idle, \.median), median(burdened, \.median),
      median(idle, \.lateness99), median(burdened, \.lateness99),
      requests, noBids, failures)
  }

  private func median(_ slices: [BidProbe.Slice], _ value: KeyPath<BidProbe.Slice, Double>)
    -> Double
  {
    slices.map { $0[keyPath: value] }.sorted()[slices.count / 2]
  }
}
