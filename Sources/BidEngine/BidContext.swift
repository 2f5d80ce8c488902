import AuctionTypes

/// What a decision knows beside the body and the snapshots: with the same, the answer is the same.
package struct BidContext: Sendable {
  /// The exchange, by its index in the catalog.
  package var exchange: Int
  /// When the request's last byte was there.
  package var received: Instant
  /// The monotonic clock as the decision starts.
  package var now: Instant
  /// The wall clock as the decision starts.
  package var time: WallTime
  /// What no other auction has: bid ids are made of it.
  package var nonce: AuctionNonce

  package init(
    exchange: Int, received: Instant, now: Instant, time: WallTime, nonce: AuctionNonce
  ) {
    self.exchange = exchange
    self.received = received
    self.now = now
    self.time = time
    self.nonce = nonce
  }
}

/// The number of an auction: unique over restarts, workers and requests.
package struct AuctionNonce: Sendable, Equatable {
  /// Drawn at random at every start.
  package var boot: UInt64
  package var worker: UInt8
  /// Counts the worker's requests.
  package var sequence: UInt64

  package init(boot: UInt64, worker: UInt8, sequence: UInt64) {
    self.boot = boot
    self.worker = worker
    self.sequence = sequence
  }

  /// A well mixed number, by which creatives rotate.
  var mixed: UInt64 {
    var value = boot ^ (sequence &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(worker) << 56
    value = (value ^ (value >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return value ^ (value >> 29)
  }
}
