import AuctionTypes
import FixedMemory

/// One worker's counters and histograms: written by the worker alone with plain stores, read by
/// whoever scrapes.
package final class WorkerMetrics: Sendable {
  /// What connections are doing.
  @frozen
  package enum ConnectionState: Int, CaseIterable, Sendable {
    /// Between requests.
    case idle
    /// In the middle of a request.
    case reading
    /// With an answer that the peer has not taken yet.
    case writing
    /// With a billing notice that the ledger has not answered yet.
    case booking

    var name: String {
      switch self {
      case .idle: "idle"
      case .reading: "reading"
      case .writing: "writing"
      case .booking: "booking"
      }
    }
  }

  /// The statuses that are counted apart; any other is counted as the last, 500.
  package static let statuses: [UInt16] = [
    400, 403, 404, 405, 408, 411, 413, 415, 417, 431, 501, 503, 505, 500,
  ]

  /// The kinds of notices and the results of each that there can be.
  package static var noticeKinds: Int { 8 }
  package static var noticeResults: Int { 16 }

  /// The stages of a decision that there can be.
  package static var stages: Int { 16 }

  /// The exchanges, numbered from zero; requests that name none are counted under ``noExchange``.
  package let exchangeCount: Int
  /// The number that stands for no exchange.
  package var noExchange: Int { exchangeCount }

  private let cells: AtomicArray

  /// All zero.
  package init(exchangeCount: Int) {
    precondition(Self.statuses.count == Layout.errorCount)
    precondition(
      NoBidReason.allCases.allSatisfy { Layout.noBids + Int($0.rawValue) < Layout.errors })
    self.exchangeCount = exchangeCount
    cells = AtomicArray(count: Layout.cellCount(exchangeCount: exchangeCount), padded: false)
  }

  /// A request to an exchange's path came in.
  @inline(__always)
  package func countRequest(exchange: Int) { add(Layout.requests, exchange) }

  /// A request was answered with a bid.
  @inline(__always)
  package func countBid(exchange: Int) { add(Layout.bids, exchange) }

  /// A request was answered without a bid.
  @inline(__always)
  package func countNoBid(exchange: Int, _ reason: NoBidReason) {
    add(Layout.noBids + Int(reason.rawValue), exchange)
  }

  /// A request was answered with an error.
  @inline(__always)
  package func countError(exchange: Int, status: UInt16) {
    add(Layout.errors + Self.index(ofStatus: status), exchange)
  }

  /// The time from a request's last byte in to its answer's first byte out.
  @inline(__always)
  package func recordRequest(nanoseconds: UInt64) { record(nanoseconds, Layout.requestDuration) }

  /// The time of the decision alone.
  @inline(__always)
  package func recordDecision(nanoseconds: UInt64) { record(nanoseconds, Layout.decisionDuration) }

  /// The time of one stage of a decision that was measured; stages are numbered by the caller.
  package func recordStage(_ stage: Int, nanoseconds: UInt64) {
    precondition(stage < Self.stages)
    let start = Layout.stageDurations + stage * Layout.perDuration
    cells.addOwned(1, at: start + StageBuckets.index(nanoseconds: nanoseconds))
    cells.addOwned(nanoseconds, at: start + DurationBuckets.count)
  }

  /// The time from a billing notice's last byte in to its answer, which waits for the journal.
  @inline(__always)
  package func recordBooking(nanoseconds: UInt64) { record(nanoseconds, Layout.bookingDuration) }

  /// A notice was answered; kinds and results are numbered by the caller.
  @inline(__always)
  package func countNotice(kind: Int, result: Int) {
    precondition(kind < Self.noticeKinds && result < Self.noticeResults)
    cells.addOwned(1, at: Layout.notices + kind * Self.noticeResults + result)
  }

  /// Sets how many connections are in a state.
  @inline(__always)
  package func setConnections(_ count: Int, _ state: ConnectionState) {
    cells.store(UInt64(count), at: Layout.connections + state.rawValue)
  }

  // MARK: Reading

  /// The notices of a kind that the worker itself gave a result.
  package func notices(kind: Int, result: Int) -> UInt64 {
    precondition(kind < Self.noticeKinds && result < Self.noticeResults)
    return cells.load(Layout.notices + kind * Self.noticeResults + result)
  }
  func requests(exchange: Int) -> UInt64 { load(Layout.requests, exchange) }
  func bids(exchange: Int) -> UInt64 { load(Layout.bids, exchange) }
  func noBids(exchange: Int, _ reason: NoBidReason) -> UInt64 {
    load(Layout.noBids + Int(reason.rawValue), exchange)
  }
  func errors(exchange: Int, statusIndex: Int) -> UInt64 {
    load(Layout.errors + statusIndex, exchange)
  }
  func connections(_ state: ConnectionState) -> UInt64 {
    cells.load(Layout.connections + state.rawValue)
  }
  /// A histogram's buckets and the sum of all durations in nanoseconds.
  func durations(_ kind: DurationKind) -> (buckets: [UInt64], sum: UInt64) {
    let start =
      switch kind {
      case .request: Layout.requestDuration
      case .decision: Layout.decisionDuration
      case .booking: Layout.bookingDuration
      case .stage(let stage): Layout.stageDurations + stage * Layout.perDuration
      }
    let buckets = (0..<DurationBuckets.count).map { cells.load(start + $0) }
    return (buckets, cells.load(start + DurationBuckets.count))
  }

  enum DurationKind {
    case request, decision, booking
    /// By its number; in ``StageBuckets``.
    case stage(Int)
  }

  // MARK: Cells

  private enum Layout {
    static var connections: Int { 0 }
    static var requestDuration: Int { 8 }
    /// The buckets of a histogram, and the sum.
    static var perDuration: Int { DurationBuckets.count + 1 }
    static var decisionDuration: Int { requestDuration + perDuration }
    static var bookingDuration: Int { decisionDuration + perDuration }
    static var stageDurations: Int { bookingDuration + perDuration }
    static var notices: Int { stageDurations + WorkerMetrics.stages * perDuration }
    static var exchanges: Int { notices + noticeKinds * noticeResults }
    static var requests: Int { 0 }
    static var bids: Int { 1 }
    static var noBids: Int { 2 }
    /// Room for every reason: their raw values are below it.
    static var errors: Int { noBids + 48 }
    static var errorCount: Int { 14 }
    /// A multiple of a cache line, so that exchanges do not share one.
    static var perExchange: Int { (errors + errorCount + 7) / 8 * 8 }

    static func cellCount(exchangeCount: Int) -> Int {
      exchanges + (exchangeCount + 1) * perExchange
    }
  }

  @inline(__always)
  private func add(_ offset: Int, _ exchange: Int) {
    cells.addOwned(1, at: Layout.exchanges + exchange * Layout.perExchange + offset)
  }

  private func load(_ offset: Int, _ exchange: Int) -> UInt64 {
    cells.load(Layout.exchanges + exchange * Layout.perExchange + offset)
  }

  @inline(__always)
  private func record(_ nanoseconds: UInt64, _ start: Int) {
    cells.addOwned(1, at: start + DurationBuckets.index(nanoseconds: nanoseconds))
    cells.addOwned(nanoseconds, at: start + DurationBuckets.count)
  }

  private static func index(ofStatus status: UInt16) -> Int {
    switch status {
    case 400: 0
    case 403: 1
    case 404: 2
    case 405: 3
    case 408: 4
    case 411: 5
    case 413: 6
    case 415: 7
    case 417: 8
    case 431: 9
    case 501: 10
    case 503: 11
    case 505: 12
    default: 13
    }
  }
}
