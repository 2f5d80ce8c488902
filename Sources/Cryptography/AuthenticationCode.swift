import FixedMemory

/// The 32 bytes of an HMAC-SHA256 or of a SHA-256, compared in constant time.
package struct AuthenticationCode: Sendable, BitwiseCopyable {
  /// Eight bytes each, the first in the highest bits.
  private let words: InlineArray<4, UInt64>

  init(bytes: InlineArray<32, UInt8>) {
    let span = bytes.rawSpan
    words = [
      span.word(at: 0).byteSwapped, span.word(at: 8).byteSwapped,
      span.word(at: 16).byteSwapped, span.word(at: 24).byteSwapped,
    ]
  }

  /// A code that was kept as its bytes; nil unless they are 32.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.init(bytes: InlineArray { bytes[$0] })
  }

  /// The 32 bytes, for keeping and sending.
  package var bytes: [UInt8] { (0..<32).map(byte(at:)) }

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
  /// - Precondition: from 1 to 8 bytes that lie inside the code.
  package func number(_ bytes: Range<Int>) -> UInt64 {
    precondition(bytes.lowerBound >= 0 && bytes.upperBound <= 32)
    precondition(bytes.count >= 1 && bytes.count <= 8)
    let first = bytes.lowerBound / 8
    let skipped = bytes.lowerBound % 8 * 8
    var number = words[first] << UInt64(skipped)
    if skipped > 0, first < 3 { number |= words[first + 1] >> UInt64(64 - skipped) }
    return number >> UInt64(64 - bytes.count * 8)
  }

  /// Whether both are the same, in a time that does not tell where they differ.
  package func equals(_ other: AuthenticationCode) -> Bool {
    var difference: UInt64 = 0
    for index in 0..<4 { difference |= words[index] ^ other.words[index] }
    return difference == 0
  }
}
