/// An ISO 4217 alphabetic code: three upper-case letters in one word.
@usableFromInline
package struct CurrencyCode: Hashable, Sendable, BitwiseCopyable {
  /// The letters, the first in the lowest byte.
  @usableFromInline package let packed: UInt32

  /// From three ASCII letters of any case; nil for anything else.
  @inlinable
  package init?(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
    let upper = (first & 0xDF, second & 0xDF, third & 0xDF)
    guard upper.0 &- 0x41 < 26, upper.1 &- 0x41 < 26, upper.2 &- 0x41 < 26 else { return nil }
    packed = UInt32(upper.0) | UInt32(upper.1) << 8 | UInt32(upper.2) << 16
  }

  /// From text such as `EUR`; nil unless it is three ASCII letters.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 3 else { return nil }
    self.init(bytes[0], bytes[1], bytes[2])
  }

  @inlinable
  init(packed: UInt32) { self.packed = packed }

  /// What stands for a text that is no code: it equals no code and has no exchange rate.
  @inlinable package static var unreadable: CurrencyCode { CurrencyCode(packed: 0) }

  /// The default of OpenRTB wherever a currency may be left out.
  @inlinable package static var usd: CurrencyCode { CurrencyCode(0x55, 0x53, 0x44)! }

  /// The letter at an index of 0, 1 or 2.
  @inlinable
  package func letter(_ index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: packed >> UInt32(8 * index))
  }
}

extension CurrencyCode: CustomStringConvertible {
  @usableFromInline package var description: String {
    String(decoding: [letter(0), letter(1), letter(2)], as: UTF8.self)
  }
}
