/// What this target bounds, and why. What operators and tests may change is in ``ServerLimits``.
package enum BidServerLimits {
  /// Worker threads: more than any machine this runs on has processors.
  package static let workers = 256
  /// Exchanges: every one costs counters in each worker.
  package static let exchanges = 1024
  /// Bytes of an exchange's name in the path.
  package static let exchangeNameBytes = 128
  /// What one read may bring: some 25 pipelined requests.
  static let receiveBytes = 64 << 10
  /// What the kernel is to keep of answers that a peer does not read, in bytes (it takes about
  /// twice as many): left to itself it keeps megabytes for each connection. A hundred usual answers
  /// fit.
  static let sendBufferBytes: Int32 = 128 << 10
  /// The body of one answer: 16 impressions with markup of 16 KiB each.
  package static let responseBytes = 256 << 10
  /// The head of an answer: the longest is below 300 bytes.
  static let responseHeadBytes = 512
  /// Answers from here on are gzipped where the peer allows it: a bid with its notice URLs is
  /// below, and to gzip it would take more time than to decide on it.
  package static let gzipBytes = 2 << 10
  /// A wait that took no longer found events that were there already: it copies a few hundred of
  /// them in some microseconds, and a sleep takes longer.
  static let waitWithoutSleepNanoseconds: UInt64 = 50_000
  /// A wait that found nothing older says that requests are answered as they come.
  static let easeNanoseconds: UInt64 = 5_000_000
  /// Without such a wait for so long, more comes than can be answered: bursts are shorter.
  static let burstNanoseconds: UInt64 = 100_000_000
  /// Under such pressure requests may wait for one part in so many of the time for their answers:
  /// long enough for a turn with all that one wait reports, and the rest is left for the network.
  static let pressedPart: UInt64 = 4
  /// The longest that a wait may look before it sleeps: beyond, a core burns for nothing.
  package static let busyPollMicroseconds = 1_000
  /// Connections taken from the listener in a row, so that those accepted get their turn.
  static let acceptsPerTurn = 64
  /// How long the listener rests when the process has no descriptor left.
  static let acceptPauseNanoseconds: UInt64 = 100_000_000
  /// The sizes of blocks that hold parts of requests and answers between two turns; a third size
  /// holds the largest of them. A connection takes a block by the bytes it has, never by those that
  /// it announces.
  static let smallBlockBytes = 4 << 10
  static let mediumBlockBytes = 32 << 10
  /// Of the medium and large blocks there is one for so many connections: few requests are large,
  /// and fewer come in parts.
  static let connectionsPerMediumBlock = 8
  static let connectionsPerLargeBlock = 64
  /// Yet so many at least.
  static let mediumBlocksAtLeast = 16
  static let largeBlocksAtLeast = 16
  /// Minutes for which it is remembered what became of line items: an hour, and the one before it
  /// that has not gone wholly.
  package static let funnelMinutes = 61
  /// Bytes of those minutes: an hour of 100,000 line items of which each falls at three stages in
  /// every minute takes 72 MB, of 10,000 a tenth; where it would be more, less than an hour is
  /// remembered.
  package static let funnelBytes = 96 << 20
}

/// Times and counts that bound what peers can take; the defaults are the contract's.
package struct ServerLimits: Sendable {
  /// Open connections of the process.
  package var connections = 10_000
  /// From a head's first byte to its end.
  package var headMilliseconds = 5_000
  /// From the head's end to the body's.
  package var bodyMilliseconds = 10_000
  /// Without a request.
  package var idleMilliseconds = 180_000
  /// Until the ledger has answered a billing notice: it does within milliseconds, or says at once
  /// that it cannot; this bounds what a stuck disk holds.
  package var bookingMilliseconds = 5_000
  /// Until a peer has read an answer that the kernel did not take at once.
  package var writeMilliseconds = 10_000
  /// Until a peer has closed its side after the last answer: it may still be sending, and a close
  /// before would drop the answer.
  package var lingerMilliseconds = 1_000
  /// How long idle connections stay open while draining: a request may be on its way.
  package var drainIdleMilliseconds = 500
  /// When draining ends whatever is still open: below the 5 s of an orderly stop.
  package var drainMilliseconds = 4_000

  package init() {}
}
