import FixedMemory
import HTTP1

/// What a head alone decides: path, then method, then length, then what the body is.
extension Responder {
  /// Nil where a bid request's body is to be read; otherwise the head is answered.
  mutating func routeHead(_ bytes: RawSpan, _ connection: inout Connection) -> Step? {
    let head = connection.parser.head
    switch routes.route(bytes.slice(head.path)) {
    case .bid(let exchange):
      connection.exchange = exchange
      return routeBid(bytes, head, &connection)
    case .health: return answerProbe(.ok, "ok\n", bytes, &connection)
    case .readiness:
      return state.isReady && handler.notices.isLedgerWorking
        ? answerProbe(.ok, "1\n", bytes, &connection)
        : answerProbe(.serviceUnavailable, "not ready\n", bytes, &connection)
    case .notice: return routeNotice(bytes, head, &connection)
    case .notFound: return turnDown(.notFound, bytes, &connection)
    }
  }

  private mutating func routeBid(
    _ bytes: RawSpan, _ head: RequestHead, _ connection: inout Connection
  ) -> Step? {
    let exchange = connection.exchange
    guard case .post = head.method else {
      return turnDown(.methodNotAllowed, allow: .post, exchange: exchange, bytes, &connection)
    }
    if case .none = head.framing { return refuse(.lengthRequired, exchange: exchange) }
    guard head.contentLength <= maxBodyBytes else {
      return refuse(.contentTooLarge, exchange: exchange)
    }
    switch (head.contentEncoding, head.contentType) {
    case (.unsupported, _), (_, .unsupported):
      return turnDown(.unsupportedMediaType, exchange: exchange, bytes, &connection)
    default: break
    }
    if head.expectContinue, isBodyAwaited(bytes, connection) {
      ResponseHead.writeContinue(into: &output)
    }
    return nil
  }

  /// Whether nothing of the body is here yet: a client that has begun to send it does not wait.
  private func isBodyAwaited(_ bytes: RawSpan, _ connection: borrowing Connection) -> Bool {
    bytes.byteCount == connection.headBytes
  }

  /// `GET /healthz` and `GET /readyz`.
  private mutating func answerProbe(
    _ status: Status, _ text: StaticString, _ bytes: RawSpan, _ connection: inout Connection
  ) -> Step {
    let head = connection.parser.head
    guard head.method == .get || head.method == .head else {
      return turnDown(.methodNotAllowed, allow: .getHead, bytes, &connection)
    }
    let step = pass(bytes, &connection)
    let after = self.connection(after: head, step, bytes)
    ResponseHead(status, after).write(.text, bodyBytes: text.utf8CodeUnitCount, into: &output)
    if head.method == .get { output.append(text) }
    return after == .close ? .closing : step
  }

  /// Answers an error without reading the body, which is passed over where that is cheap.
  mutating func turnDown(
    _ status: Status, allow: ResponseHead.Allow? = nil, exchange: Int? = nil, _ bytes: RawSpan,
    _ connection: inout Connection
  ) -> Step {
    let head = connection.parser.head
    metrics.countError(
      exchange: exchange ?? metrics.noExchange, status: status.rawValue)
    let step = pass(bytes, &connection)
    let after = self.connection(after: head, step, bytes)
    ResponseHead(status, after).writeEmpty(allow: allow, into: &output)
    return after == .close ? .closing : step
  }

  /// Passes over the request's body, as far as it is here; closing where it is chunked, too long,
  /// or may never be sent.
  func pass(_ bytes: RawSpan, _ connection: inout Connection) -> Step {
    let head = connection.parser.head
    let headBytes = connection.headBytes
    connection.finishRequest()
    guard head.framing != .chunked, head.contentLength <= maxBodyBytes, !head.expectContinue else {
      return .closing
    }
    let here = min(head.contentLength, bytes.byteCount &- headBytes)
    connection.skipBytes = head.contentLength &- here
    return .consumed(headBytes &+ here)
  }

  func connection(
    after head: RequestHead, _ step: Step, _ bytes: RawSpan
  ) -> ResponseHead.Connection {
    step == .closing ? .close : connection(after: head, isLast: step == .consumed(bytes.byteCount))
  }
}
