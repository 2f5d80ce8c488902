import FixedMemory

/// A block of events: the payload of a ``JournalFrame`` in a file of events. A head of three words,
/// then the events.
struct EventBlock: Equatable {
  /// The journal's place up to which this and earlier blocks hold the bookings.
  var position: JournalPosition
  /// How much of the file was durable when the block was written: what is damaged behind that may
  /// have been torn by a crash, what is damaged before was whole.
  var durableBytes: Int
  /// Events that were dropped since the block before.
  var dropped: UInt64

  static var headBytes: Int { 24 }

  /// The events that fit a block.
  static var eventCapacity: Int {
    (JournalLimits.frameBytes - headBytes) / LoggedEvent.byteCount
  }

  init(position: JournalPosition, durableBytes: Int, dropped: UInt64) {
    self.position = position
    self.durableBytes = durableBytes
    self.dropped = dropped
  }

  /// The head of a payload; nil where it is none.
  init?(_ payload: RawSpan) {
    guard payload.byteCount >= Self.headBytes,
      (payload.byteCount - Self.headBytes).isMultiple(of: LoggedEvent.byteCount)
    else { return nil }
    position = JournalPosition(word: payload.word(at: 0))
    durableBytes = Int(payload.word(at: 8) & 0xFFFF_FFFF)
    dropped = payload.word(at: 16)
  }

  /// Puts the head over the first bytes of a payload.
  func write(into payload: inout FixedBuffer) {
    payload.set(word: position.word, at: 0)
    payload.set(word: UInt64(durableBytes), at: 8)
    payload.set(word: dropped, at: 16)
  }
}
