/// The 32 bytes of an HMAC-SHA256.
package struct AuthenticationCode: Sendable, BitwiseCopyable {
  /// Eight bytes each, the first in the highest bits.
  private let words: InlineArray<4, UInt64>

  init(bytes: InlineArray<32, UInt8>) {
    var words = InlineArray<4, UInt64>(repeating: 0)
    for index in bytes.indices { words[index / 8] = words[index / 8] << 8 | UInt64(bytes[index]) }
    self.words = words
  }

  /// A code of zeros, for memory that is to be filled.
  package static var zero: AuthenticationCode {
    AuthenticationCode(bytes: InlineArray(repeating: 0))
  }

  /// A byte of the 32.
  package func byte(at index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: words[index / 8] >> UInt64(56 - index % 8 * 8))
  }

  /// Some bytes as a number, the first in the highest bits: what a shortened tag is made of.
  ///
  /// Two such numbers are compared in one instruction, so nothing is learnt from how long it takes.
  ///
  /// - Precondition: at most 8 bytes that lie inside the code.
  package func number(_ bytes: Range<Int>) -> UInt64 {
    precondition(bytes.lowerBound >= 0 && bytes.upperBound <= 32 && bytes.count <= 8)
    var number: UInt64 = 0
    for index in bytes { number = number << 8 | UInt64(byte(at: index)) }
    return number
  }

  /// Whether both are the same, in a time that does not tell where they differ.
  package func equals(_ other: AuthenticationCode) -> Bool {
    var difference: UInt64 = 0
    for index in 0..<4 { difference |= words[index] ^ other.words[index] }
    return difference == 0
  }
}
