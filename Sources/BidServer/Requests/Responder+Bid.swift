import AuctionTypes
import BidEngine
import Compression
import FixedMemory
import HTTP1
import LinuxIO
import OpenRTB
import Telemetry

/// Bid requests whose body is whole: admit → gunzip → decide → write.
extension Responder {
  mutating func decide(
    _ body: RawSpan, _ head: RequestHead, exchange: Int, _ after: ResponseHead.Connection,
    _ inflated: inout FixedBuffer
  ) {
    metrics.countRequest(exchange: exchange)
    let start = Instant(nanoseconds: Clock.monotonicNanoseconds())
    let age = start.nanoseconds &- received.nanoseconds
    if let reason = Admission.refusal(
      age: age, answerMilliseconds: handler.answerMilliseconds(exchange: exchange),
      isPressed: isPressed)
    {
      handler.noteRefused(reason)
      metrics.countNoBid(exchange: exchange, reason)
      metrics.recordRequest(nanoseconds: age)
      return writeNoBid(reason, body, head, exchange, after)
    }
    guard case .gzip = head.contentEncoding else {
      return decide(body, head, exchange, start, after)
    }
    switch decompressor.decompress(body, into: &inflated) {
    case .done: decide(inflated.bytes, head, exchange, start, after)
    case .tooLarge: reject(.contentTooLarge, exchange, after)
    case .corrupt: reject(.badRequest, exchange, after)
    }
  }

  private mutating func decide(
    _ body: RawSpan, _ head: RequestHead, _ exchange: Int, _ start: Instant,
    _ after: ResponseHead.Connection
  ) {
    let outcome = handler.answer(
      body, exchange: exchange, received: received, now: start, into: &response)
    let end = Clock.monotonicNanoseconds()
    metrics.recordDecision(nanoseconds: end &- start.nanoseconds)
    if handler.timing.hasMeasured { recordStages() }
    metrics.recordRequest(nanoseconds: end &- received.nanoseconds)
    switch outcome {
    case .bid:
      metrics.countBid(exchange: exchange)
      writeJSON(head, after, reason: nil)
    case .noBid(let reason):
      metrics.countNoBid(exchange: exchange, reason)
      writeNoBid(reason, body, head, exchange, after)
    case .malformed: reject(.badRequest, exchange, after)
    }
  }

  /// Counts how long the stages of the request took that was just decided on.
  private func recordStages() {
    var number: UInt8 = 0
    // By number, since the list of all cases may be allocated.
    while let stage = DecisionStage(rawValue: number) {
      if let nanoseconds = handler.timing.nanoseconds(of: stage) {
        metrics.recordStage(Int(number), nanoseconds: nanoseconds)
      }
      number += 1
    }
  }

  /// An error after which the connection stays: the framing was sound.
  private mutating func reject(
    _ status: Status, _ exchange: Int, _ after: ResponseHead.Connection
  ) {
    metrics.countError(exchange: exchange, status: status.rawValue)
    ResponseHead(status, after).writeEmpty(into: &output)
  }

  /// Writes the response buffer as a 200, gzipped where the peer allows it and it helps.
  private mutating func writeJSON(
    _ head: RequestHead, _ after: ResponseHead.Connection, reason: StaticString?
  ) {
    let answer = ResponseHead(.ok, after)
    if head.acceptsGzip, response.count >= BidServerLimits.gzipBytes,
      compressor.compress(response, into: &compressed), compressed.count < response.count
    {
      answer.write(
        .gzippedJSON, bodyBytes: compressed.count, reason: reason, into: &output)
      output.append(compressed)
    } else {
      answer.write(.json, bodyBytes: response.count, reason: reason, into: &output)
      output.append(response)
    }
  }

  /// Writes a no-bid in the exchange's form; one that is early, or without an id to name, is 204.
  private mutating func writeNoBid(
    _ reason: NoBidReason, _ body: RawSpan, _ head: RequestHead, _ exchange: Int,
    _ after: ResponseHead.Connection
  ) {
    let endpoint = endpoints[exchange]
    let shown = endpoint.hasTestHeader ? reason.name : nil
    let isEarly = reason == .deadline || reason == .shed
    response.removeAll()
    if !isEarly { writeForm(endpoint.noBidForm, reason, body.slice(handler.requestID)) }
    guard !response.isEmpty, !response.overflowed else {
      return ResponseHead(.noContent, after).writeEmpty(reason: shown, into: &output)
    }
    writeJSON(head, after, reason: shown)
  }

  private mutating func writeForm(
    _ form: ExchangeEndpoint.NoBidForm, _ reason: NoBidReason, _ requestID: RawSpan
  ) {
    switch form {
    case .noContent: break
    case .emptyObject: ResponseWriter.appendEmptyObject(into: &response)
    case .emptySeatBid where !requestID.isEmpty:
      ResponseWriter.appendNoBid(id: requestID, reason: nil, into: &response)
    case .reasonCode where !requestID.isEmpty:
      ResponseWriter.appendNoBid(id: requestID, reason: reason.nbr, into: &response)
    case .emptySeatBid, .reasonCode: break
    }
  }
}
