import BudgetLedger
import FixedMemory
import HTTP1
import LinuxIO

/// Notices: what exchanges and browsers call when a bid has won, lost, was shown or clicked.
extension Responder {
  /// Answers `/n/…`; where the ledger is asked first, ``answerBooking(_:)`` answers.
  mutating func routeNotice(
    _ bytes: RawSpan, _ head: RequestHead, _ connection: inout Connection
  ) -> Step {
    guard head.method == .get || head.method == .post else {
      return turnDown(.methodNotAllowed, allow: .getPost, bytes, &connection)
    }
    let path = bytes.slice(head.path)
    let outcome = handler.notices.take(
      path.slice(3, path.byteCount &- 3), query: bytes.slice(head.query),
      connection: connection.token, at: handler.time, metrics)
    let step = pass(bytes, &connection)
    let after = self.connection(after: head, step, bytes)
    if case .waits(let kind) = outcome {
      connection.bookingKind = kind
      return wait(step, after, bytes, &connection)
    }
    answer(outcome, after)
    return after == .close ? .closing : step
  }

  /// Writes the answer to a notice that the ledger has judged, if there is one.
  mutating func answerBooking(_ connection: inout Connection) {
    let status: Status
    switch connection.booking {
    case .none, .waiting: return
    case .booked: status = .noContent
    case .refused:
      status = .serviceUnavailable
      metrics.count(connection.bookingKind, .unavailable)
    }
    connection.booking = .none
    let isLast = state.isDraining && connection.input.isEmpty
    let after = isLast ? .close : connection.afterBooking
    if after == .close { connection.isClosing = true }
    metrics.recordBooking(nanoseconds: Clock.monotonicNanoseconds() &- connection.lastRead.at)
    ResponseHead(status, after).writeEmpty(into: &output)
  }

  /// Leaves the answer to the ledger. Where the connection closes after it, nothing behind counts.
  private func wait(
    _ step: Step, _ after: ResponseHead.Connection, _ bytes: RawSpan,
    _ connection: inout Connection
  ) -> Step {
    connection.booking = .waiting
    connection.afterBooking = after
    return step == .closing ? .consumed(bytes.byteCount) : step
  }

  private mutating func answer(
    _ outcome: NoticeHandler.Outcome, _ after: ResponseHead.Connection
  ) {
    switch outcome {
    case .forged: ResponseHead(.forbidden, after).writeEmpty(into: &output)
    case .unavailable: ResponseHead(.serviceUnavailable, after).writeEmpty(into: &output)
    case .taken, .waits: ResponseHead(.noContent, after).writeEmpty(into: &output)
    case .click(let creative):
      guard !handler.writeRedirect(to: creative, after, into: &output) else { return }
      metrics.countError(exchange: metrics.noExchange, status: Status.notFound.rawValue)
      ResponseHead(.notFound, after).writeEmpty(into: &output)
    }
  }
}
