import FixedMemory

extension BidNumber {
  /// Digits of a bid's id.
  package static var idDigits: Int { 32 }

  /// Appends the bid's id: hexadecimal digits of the boot, the worker and the sequence.
  package func appendID(to buffer: inout FixedBuffer) {
    Self.append(boot, to: &buffer)
    Self.append(UInt64(worker) << 56 | sequence & (1 << 56 - 1), to: &buffer)
  }

  private static func append(_ value: UInt64, to buffer: inout FixedBuffer) {
    buffer.append(word: digits(UInt32(truncatingIfNeeded: value >> 32)))
    buffer.append(word: digits(UInt32(truncatingIfNeeded: value)))
  }

  /// Eight hexadecimal digits as bytes, the highest in the lowest byte; all at once.
  private static func digits(_ value: UInt32) -> UInt64 {
    var word = UInt64(value.byteSwapped)
    word = (word | word << 16) & 0x0000_FFFF_0000_FFFF
    word = (word | word << 8) & 0x00FF_00FF_00FF_00FF
    word = (word << 8 | word >> 4) & 0x0F0F_0F0F_0F0F_0F0F
    let isLetter = (word &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return word &+ 0x3030_3030_3030_3030 &+ isLetter &* 0x27
  }
}
