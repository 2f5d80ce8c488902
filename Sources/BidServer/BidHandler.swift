import AuctionTypes
import FixedMemory

/// What the server makes of a bid request: one for each worker, used by its thread alone.
package struct BidHandler: ~Copyable {
  private var answer: FixedBuffer

  /// Answers every request that looks like an object with the same bid, or with none.
  ///
  /// - Parameter bid: the answer's JSON; empty for no bid.
  package init(bid: [UInt8]) {
    answer = FixedBuffer(capacity: max(1, bid.count))
    for byte in bid { answer.append(byte) }
  }

  /// Called before requests of a turn are answered: what they read must not change until the turn
  /// ends.
  mutating func beginTurn() {}

  /// Called before the worker may wait: it keeps nothing that it read.
  mutating func endTurn() {}

  /// Decides on a request.
  ///
  /// - Parameters:
  ///   - body: the JSON, gunzipped.
  ///   - exchange: the place of the exchange among those configured.
  ///   - received: when the request's last bytes became readable.
  ///   - response: empty; takes the JSON of a bid.
  mutating func answer(
    _ body: RawSpan, exchange: Int, received: Instant, into response: inout FixedBuffer
  ) -> BidAnswer {
    guard body.byteCount > 0, body.byte(at: 0) == 0x7B else { return .malformed }
    guard !answer.isEmpty else { return .noBid(.inactive, requestID: .empty) }
    response.append(answer)
    return .bid
  }
}

/// What became of a bid request.
package enum BidAnswer: Equatable, Sendable {
  /// The response holds a BidResponse.
  case bid
  /// There is no bid. The request's id stands in the body as JSON text without its quotes, and is
  /// empty where it could not be read.
  case noBid(NoBidReason, requestID: ByteSlice)
  /// The body is no bid request.
  case malformed
}
