import AuctionTypes
import Compression
import FixedMemory
import HTTP1
import LinuxIO
import Telemetry

/// Answers the requests of one worker: from bytes to bytes, without knowing a socket.
///
/// Answers collect in ``output`` in the order of their requests.
struct Responder: ~Copyable {
  /// What is to be sent to the connection whose requests are being answered.
  var output: FixedBuffer
  /// The earliest that the bytes at hand became readable.
  var received = Instant(nanoseconds: 0)
  /// Whether requests have come faster than they are answered for a while.
  var isPressed = false

  var handler: BidHandler
  let routes: RouteTable
  var endpoints: FixedArray<Endpoint>
  let state: ServerState
  let metrics: WorkerMetrics
  let maxBodyBytes: Int
  /// The head read last of the exchanges that share a number's lowest bits: with more than eight,
  /// or with heads that differ each time, it is held and compared in vain.
  var heads = InlineArray<8, KnownHead> { _ in KnownHead() }
  var response = FixedBuffer(capacity: BidServerLimits.responseBytes)
  var compressed = FixedBuffer(capacity: BidServerLimits.responseBytes)
  var compressor = BodyCompressor()
  var decompressor = BodyDecompressor()

  /// An exchange's wishes.
  struct Endpoint: BitwiseCopyable {
    let noBidForm: ExchangeEndpoint.NoBidForm
    let hasTestHeader: Bool
  }

  /// How far a step came.
  enum Step: Equatable {
    /// So many bytes are answered; the next request may follow.
    case consumed(Int)
    /// The request is not whole.
    case partial
    /// The head is whole and a chunked body follows.
    case chunked
    /// The last answer is written: the connection closes.
    case closing
  }

  init(
    _ configuration: ServerConfiguration, handler: consuming BidHandler, state: ServerState,
    metrics: WorkerMetrics
  ) {
    self.handler = handler
    self.state = state
    self.metrics = metrics
    maxBodyBytes = configuration.maxBodyBytes
    output = FixedBuffer(
      capacity: BidServerLimits.responseBytes + 2 * BidServerLimits.responseHeadBytes)
    routes = RouteTable(exchanges: configuration.exchanges)
    endpoints = FixedArray(capacity: max(1, configuration.exchanges.count))
    for exchange in configuration.exchanges {
      endpoints.append(
        Endpoint(noBidForm: exchange.noBidForm, hasTestHeader: exchange.hasTestHeader))
    }
  }

  /// Starts a turn.
  mutating func beginTurn(isPressed: Bool) {
    self.isPressed = isPressed
    handler.beginTurn()
  }

  /// Ends a turn: the worker may wait now.
  mutating func endTurn(_ connections: borrowing ConnectionTable) {
    handler.endTurn()
    metrics.setConnections(connections.count(in: .idle), .idle)
    metrics.setConnections(connections.count(in: .booking), .booking)
    metrics.setConnections(connections.count(in: .head) &+ connections.count(in: .body), .reading)
    metrics.setConnections(
      connections.count(in: .writing) &+ connections.count(in: .lingering), .writing)
  }

  /// Whether any answer still fits ``output``.
  var hasRoom: Bool {
    output.isEmpty
      || output.freeCapacity
        >= BidServerLimits.responseBytes + BidServerLimits.responseHeadBytes
  }

  /// Answers the request that a buffer's bytes behind an offset start with.
  mutating func serve(
    _ buffer: borrowing FixedBuffer, from offset: Int, _ connection: inout Connection,
    _ inflated: inout FixedBuffer
  ) -> Step {
    serve(buffer.bytes.slice(offset, buffer.count &- offset), &connection, &inflated)
  }

  /// Answers the request that parked bytes start with.
  mutating func serve(
    _ lot: borrowing ParkingLot, _ connection: inout Connection, _ inflated: inout FixedBuffer
  ) -> Step {
    serve(lot.bytes(connection.input), &connection, &inflated)
  }

  /// Answers the request that the bytes start with, or says what is missing: parse → route →
  /// answer. A gzipped body is decoded into `inflated`.
  mutating func serve(
    _ bytes: RawSpan, _ connection: inout Connection, _ inflated: inout FixedBuffer
  ) -> Step {
    if connection.skipBytes > 0 {
      let skipped = min(connection.skipBytes, bytes.byteCount)
      connection.skipBytes &-= skipped
      return .consumed(skipped)
    }
    if connection.headBytes == 0, !readKnownHead(bytes, &connection) {
      if let step = readHead(bytes, &connection) { return step }
    }
    let head = connection.parser.head
    if case .chunked = head.framing { return .chunked }
    let end = connection.headBytes &+ head.contentLength
    guard bytes.byteCount >= end else { return .partial }
    let body = bytes.slice(connection.headBytes, head.contentLength)
    return answer(body, end: end, isLast: bytes.byteCount == end, &connection, &inflated)
  }

  /// Reads the head; nil where it is a bid request's and its body is to be read.
  private mutating func readHead(_ bytes: RawSpan, _ connection: inout Connection) -> Step? {
    if bytes.byteCount >= 2, bytes.halfWord(at: 0) == 0x0A0D { return dropEmptyLine(&connection) }
    switch connection.parser.parse(bytes) {
    case .partial: return .partial
    case .malformed(let status): return refuse(status)
    case .complete(let count):
      connection.headBytes = count
      if let step = routeHead(bytes, &connection) { return step }
      heads[connection.exchange & 7].hold(bytes.slice(0, count), connection)
      return nil
    }
  }

  /// Whether the head is one that the connection's exchange sent before, but for the length of its
  /// body; it then needs no reading and no routing.
  private func readKnownHead(_ bytes: RawSpan, _ connection: inout Connection) -> Bool {
    guard connection.parser.isFresh,
      let count = heads[connection.exchange & 7].read(bytes, into: &connection)
    else { return false }
    guard connection.parser.head.contentLength <= maxBodyBytes else {
      connection.parser = RequestHeadParser()
      return false
    }
    connection.headBytes = count
    return true
  }

  /// Takes away an empty line before a request (RFC 9112 section 2.2), which would otherwise count
  /// as the first bytes of a head that does not come.
  private func dropEmptyLine(_ connection: inout Connection) -> Step {
    connection.parser = RequestHeadParser()
    return .consumed(2)
  }

  /// Answers a bid request whose body is whole; the request ends at an offset of the bytes.
  mutating func answer(
    _ body: RawSpan, end: Int, isLast: Bool, _ connection: inout Connection,
    _ inflated: inout FixedBuffer
  ) -> Step {
    let head = connection.parser.head
    let after = self.connection(after: head, isLast: isLast)
    decide(body, head, exchange: connection.exchange, after, &inflated)
    connection.finishRequest()
    if case .close = after { return .closing }
    return .consumed(end)
  }

  /// Answers a bid request whose chunks were moved together behind its head.
  mutating func answerChunked(
    _ lot: borrowing ParkingLot, dataEnd: Int, requestEnd: Int, _ connection: inout Connection,
    _ inflated: inout FixedBuffer
  ) -> Step {
    let bytes = lot.bytes(connection.input)
    let start = connection.headBytes
    return answer(
      bytes.slice(start, dataEnd &- start), end: requestEnd,
      isLast: bytes.byteCount == requestEnd, &connection, &inflated)
  }

  /// Writes the last answer to a bid request that there is no memory for.
  mutating func shed(exchange: Int) {
    metrics.countNoBid(exchange: exchange, .shed)
    ResponseHead(.noContent, .close).writeEmpty(into: &output)
  }

  /// Writes the last answer to a request that cannot be understood.
  mutating func refuse(_ status: Status, exchange: Int? = nil) -> Step {
    metrics.countError(
      exchange: exchange ?? metrics.noExchange, status: status.rawValue)
    ResponseHead(status, .close).writeEmpty(into: &output)
    return .closing
  }

  /// What becomes of the connection; while draining, the last request at hand closes it.
  func connection(after head: RequestHead, isLast: Bool) -> ResponseHead.Connection {
    if !head.keepAlive || isLast && state.isDraining { return .close }
    if case .http10 = head.version { return .keepAlive }
    return .implied
  }
}
