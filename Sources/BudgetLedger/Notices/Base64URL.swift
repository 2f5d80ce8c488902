/// Base64 with the alphabet of RFC 4648, section 5, without padding: six bytes are eight
/// characters, and both are one word, worked on in eight lanes at once.
enum Base64URL {
  private static let lanes: UInt64 = 0x0101_0101_0101_0101

  /// The characters of 48 bits, the first in the lowest byte.
  @inline(__always)
  static func characters(of bits: UInt64) -> UInt64 {
    let values = spread(bits)
    let letters = values &+ 65 &* lanes &+ 6 &* atLeast(26, values)
    let digits = letters &- 75 &* atLeast(52, values)
    return (digits &- 13 &* atLeast(62, values) &+ 49 &* atLeast(63, values)).byteSwapped
  }

  /// The 48 bits of eight characters; nil when one of them is not of the alphabet.
  @inline(__always)
  static func bits(of characters: UInt64) -> UInt64? {
    let text = characters.byteSwapped
    guard text & 0x80 &* lanes == 0 else { return nil }
    let upper = atLeast(65, text) &- atLeast(91, text)
    let lower = atLeast(97, text) &- atLeast(123, text)
    let digit = atLeast(48, text) &- atLeast(58, text)
    let dash = atLeast(45, text) &- atLeast(46, text)
    let underscore = atLeast(95, text) &- atLeast(96, text)
    guard upper &+ lower &+ digit &+ dash &+ underscore == lanes else { return nil }
    let letters = text &- 65 &* upper &- 71 &* lower
    return gather(letters &+ 4 &* digit &+ 17 &* dash &- 32 &* underscore)
  }

  /// The bits of fewer characters than eight, in the highest places; the rest is zero.
  static func bits(of characters: UInt64, count: Int) -> UInt64? {
    bits(of: characters | (65 &* lanes) << UInt64(8 &* count))
  }

  /// 1 in each lane whose value is at least a bound, else 0.
  ///
  /// - Precondition: all lanes are below 128, and the bound is from 1 to 128.
  @inline(__always)
  private static func atLeast(_ bound: UInt64, _ values: UInt64) -> UInt64 {
    (values &+ (128 &- bound) &* lanes) >> 7 & lanes
  }

  /// Six bits to each lane, the highest six to the highest lane.
  @inline(__always)
  private static func spread(_ bits: UInt64) -> UInt64 {
    var lanes = bits & 0x0000_0000_00FF_FFFF | (bits & 0x0000_FFFF_FF00_0000) << 8
    lanes = lanes & 0x0000_0FFF_0000_0FFF | (lanes & 0x00FF_F000_00FF_F000) << 4
    return lanes & 0x003F_003F_003F_003F | (lanes & 0x0FC0_0FC0_0FC0_0FC0) << 2
  }

  /// The inverse of ``spread(_:)``.
  @inline(__always)
  private static func gather(_ lanes: UInt64) -> UInt64 {
    var bits = lanes & 0x003F_003F_003F_003F | (lanes & 0x3F00_3F00_3F00_3F00) >> 2
    bits = bits & 0x0000_0FFF_0000_0FFF | (bits & 0x0FFF_0000_0FFF_0000) >> 4
    return bits & 0x0000_0000_00FF_FFFF | (bits & 0x00FF_FFFF_0000_0000) >> 8
  }
}
