import AuctionTypes
import BudgetLedger
import FixedMemory
import Telemetry

/// Judges the notices that come to one worker, and hands to the ledger those that count.
///
/// A notice costs one HMAC and a place in a ring; only an event that books waits for the ledger.
struct NoticeHandler: ~Copyable {
  private var signer: NoticeSigner
  private let link: LedgerLink
  /// Whether a notice that waits was handed on in this turn.
  private var hasWaiting = false

  /// How a notice is answered.
  enum Outcome: Equatable, BitwiseCopyable {
    /// 403.
    case forged
    /// 302 to where the creative leads.
    case click(CreativeID)
    /// 204.
    case taken
    /// As the ledger says.
    case waits(NoticeKind)
    /// 503.
    case unavailable
  }

  init(_ link: LedgerLink) {
    self.link = link
    signer = NoticeSigner(key: link.noticeKey)
  }

  /// Whether the ledger books, as far as it has said.
  var isLedgerWorking: Bool { !link.cells.isStopped }

  /// Judges a notice: forged, a click, a probe, a test, too old; in this order. Any other goes to
  /// the ledger.
  ///
  /// - Parameters:
  ///   - path: what follows `/n/`.
  ///   - query: what follows `?`: the macros, expanded.
  ///   - connection: who waits for the answer, if it books.
  /// - Complexity: O(bytes of path and query).
  mutating func take(
    _ path: RawSpan, query: RawSpan, connection: UInt64, at time: WallTime,
    _ metrics: WorkerMetrics
  ) -> Outcome {
    guard let notice = signer.read(path) else { return refuse(path, metrics) }
    let token = notice.token
    if notice.kind == .click { return takeClick(token, at: time, metrics) }
    guard
      case .paid(let paid, let clearing, let problem) = NoticePrice.read(query: query, token: token)
    else { return pass(notice, as: .audit, metrics) }
    if token.isTest { return pass(notice, as: .test, metrics) }
    if isExpired(token, at: time) { return pass(notice, as: .expired, metrics) }
    let books = notice.kind == token.billOn
    let isTaken = link.lane.notices.push(
      Notice(
        kind: notice.kind, token: token, paid: paid, problem: problem, time: time,
        connection: books ? connection : 0))
    if !isTaken { metrics.count(notice.kind, .unavailable) }
    if books, !isTaken { return .unavailable }
    log(notice, query, clearing, at: time)
    if books { hasWaiting = true }
    return books ? .waits(notice.kind) : .taken
  }

  /// The next answer of the ledger to a notice that waited; nil when there is none yet.
  mutating func nextAnswer() -> NoticeAnswer? { link.lane.answers.pop() }

  /// Ends a turn: wakes the ledger thread where a notice waits for it, once.
  @inline(__always)
  mutating func endTurn() {
    guard hasWaiting else { return }
    hasWaiting = false
    link.wake.signal()
  }

  /// Counts a notice that was not signed here, by the kind that it names, if any.
  private func refuse(_ path: RawSpan, _ metrics: WorkerMetrics) -> Outcome {
    if let kind = NoticeKind(path: path) {
      metrics.count(kind, .forged)
    } else {
      metrics.countError(exchange: metrics.noExchange, status: 403)
    }
    return .forged
  }

  /// A person waits for the page: nothing of the ledger is asked.
  private func takeClick(
    _ token: NoticeToken, at time: WallTime, _ metrics: WorkerMetrics
  ) -> Outcome {
    if token.isTest {
      metrics.count(.click, .test)
    } else if isExpired(token, at: time) {
      metrics.count(.click, .expired)
    } else {
      metrics.count(.click, .counted)
      link.lane.log(AdEvent(kind: .click, token: token, time: time, price: .unread))
    }
    return .click(token.creative)
  }

  private func pass(
    _ notice: SignedNotice, as result: NoticeResult, _ metrics: WorkerMetrics
  ) -> Outcome {
    metrics.count(notice.kind, result)
    return .taken
  }

  private func isExpired(_ token: NoticeToken, at time: WallTime) -> Bool {
    time.milliseconds &- token.madeAt.milliseconds > link.retentionMilliseconds
  }

  /// Hands what happened to the event log; bookings come there from the journal.
  private func log(
    _ notice: SignedNotice, _ query: RawSpan, _ clearing: CPM?, at time: WallTime
  ) {
    let isLoss = notice.kind == .loss
    guard let kind = AdEvent.Kind(notice.kind) else { return }
    link.lane.log(
      AdEvent(
        kind: kind, token: notice.token, time: time, price: clearing ?? .unread,
        lossReason: isLoss ? NoticeQuery.lossReason(query) : 0))
  }
}

extension AdEvent.Kind {
  /// What a notice tells the event log; nil for a billing, which is logged when it is booked.
  fileprivate init?(_ kind: NoticeKind) {
    switch kind {
    case .win: self = .win
    case .loss: self = .loss
    case .click: self = .click
    case .pixel: self = .pixel
    case .billing: return nil
    }
  }
}

extension CPM {
  /// No price came, or none that can be read.
  fileprivate static var unread: CPM { CPM(micros: -1) }
}

extension WorkerMetrics {
  /// A notice was judged by the worker itself.
  @inline(__always)
  func count(_ kind: NoticeKind, _ result: NoticeResult) {
    countNotice(kind: Int(kind.rawValue), result: Int(result.rawValue))
  }
}
