/// When a slot was used and until when it counts, in one word: the second at which all of it is
/// forgotten in the upper 32 bits, 24 of the second of its last use, 8 that change with every use.
struct CapUse: Equatable {
  let word: UInt64

  /// Never used.
  static let empty = CapUse(word: 0)
  /// A thread is taking the slot for another key.
  static let taken = CapUse(word: 1)

  init(word: UInt64) { self.word = word }

  init(seconds: UInt32, expirySeconds: UInt32, turn: UInt8 = 0) {
    word = UInt64(max(1, expirySeconds)) << 32 | UInt64(seconds & 0xFF_FFFF) << 8 | UInt64(turn)
  }

  var expirySeconds: UInt32 { UInt32(truncatingIfNeeded: word >> 32) }

  /// Used once more: never the same word as before.
  func used(at moment: CapMoment) -> CapUse {
    CapUse(
      seconds: moment.seconds, expirySeconds: max(expirySeconds, moment.expirySeconds),
      turn: UInt8(truncatingIfNeeded: word) &+ 1)
  }

  /// Seconds since the last use, for uses within 97 days; negative when it lies ahead.
  func age(at seconds: UInt32) -> Int32 {
    let difference = seconds &- UInt32(truncatingIfNeeded: word >> 8)
    return Int32(bitPattern: difference << 8) >> 8
  }
}
