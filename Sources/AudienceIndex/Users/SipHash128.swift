import FixedMemory

/// SipHash-2-4 with a 128-bit result (Aumasson and Bernstein, reference code of 2012 and later).
///
/// The state is a plain value: one that has taken in a common prefix can be copied and continued.
@usableFromInline
package struct SipHash128: Sendable, BitwiseCopyable {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64
  /// Bytes that do not fill a word yet, the first in the lowest byte.
  private var tail: UInt64 = 0
  private var count: UInt64 = 0

  package init(key: HashKey) {
    v0 = key.first ^ 0x736f_6d65_7073_6575
    v1 = key.second ^ 0x646f_7261_6e64_6f6d ^ 0xee
    v2 = key.first ^ 0x6c79_6765_6e65_7261
    v3 = key.second ^ 0x7465_6462_7974_6573
  }

  /// Takes in bytes, ASCII capitals as small letters where `folding`.
  ///
  /// - Complexity: O(bytes).
  mutating func update(_ bytes: RawSpan, folding: Bool = false) {
    let mask: UInt64 = folding ? .max : 0
    // The bits of whole words that fill up the word begun, and those that begin the next one.
    let held = (count & 7) &* 8
    let whole = bytes.byteCount & ~7
    var offset = 0
    while offset < whole {
      var word = bytes.word(at: offset)
      if folding { word |= Self.capitals(word) }
      compress(tail | word &<< held)
      // With no byte held this shifts by the word's width, in two steps.
      tail = (word &>> 1) &>> (63 &- held)
      offset &+= 8
    }
    count &+= UInt64(whole)
    guard offset < bytes.byteCount else { return }
    let word = bytes.partialWord(at: offset)
    take(word | (Self.capitals(word) & mask), UInt64(bytes.byteCount &- offset))
  }

  /// The hash of all that was taken in.
  func finished() -> (UInt64, UInt64) {
    var state = self
    state.compress(tail | (count & 0xff) << 56)
    state.v2 ^= 0xee
    for _ in 0..<4 { state.round() }
    let first = state.v0 ^ state.v1 ^ state.v2 ^ state.v3
    state.v1 ^= 0xdd
    for _ in 0..<4 { state.round() }
    return (first, state.v0 ^ state.v1 ^ state.v2 ^ state.v3)
  }

  /// Adds the low `length` bytes of a word, the rest of which is zero.
  @inline(__always)
  private mutating func take(_ word: UInt64, _ length: UInt64) {
    let held = count & 7
    count &+= length
    if held == 0 && length == 8 { return compress(word) }
    let merged = tail | word &<< (held &* 8)
    guard held &+ length >= 8 else {
      tail = merged
      return
    }
    compress(merged)
    tail = held == 0 ? 0 : word &>> ((8 &- held) &* 8)
  }

  @inline(__always)
  private mutating func compress(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  @inline(__always)
  private mutating func round() {
    v0 &+= v1
    v1 = v1 &<< 13 | v1 &>> 51
    v1 ^= v0
    v0 = v0 &<< 32 | v0 &>> 32
    v2 &+= v3
    v3 = v3 &<< 16 | v3 &>> 48
    v3 ^= v2
    v0 &+= v3
    v3 = v3 &<< 21 | v3 &>> 43
    v3 ^= v0
    v2 &+= v1
    v1 = v1 &<< 17 | v1 &>> 47
    v1 ^= v2
    v2 = v2 &<< 32 | v2 &>> 32
  }

  /// Bit 5 of each byte that is an ASCII capital: what turns it into the small letter.
  @inline(__always)
  private static func capitals(_ word: UInt64) -> UInt64 {
    let low = word & 0x7f7f_7f7f_7f7f_7f7f
    let fromA = low &+ 0x3f3f_3f3f_3f3f_3f3f
    let pastZ = low &+ 0x2525_2525_2525_2525
    return (fromA & ~pastZ & ~word & 0x8080_8080_8080_8080) &>> 2
  }
}
