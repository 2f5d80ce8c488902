import FixedMemory

/// The characters of JSON texts: what is plain inside a string, and what escapes stand for.
package enum JSONText {
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")

  static func isHex(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
  }

  /// How many digits there are at an offset, when those are an integer of up to seven and what ends
  /// a value follows right behind; nil for anything else.
  @inline(__always)
  static func integerDigits(_ body: RawSpan, at start: Int) -> Int? {
    guard start &+ 8 <= body.byteCount else { return nil }
    let word = body.word(at: start)
    let count = leadingDigits(word)
    guard UInt(bitPattern: count &- 1) < 7, count == 1 || word & 0xFF != 0x30 else { return nil }
    let next = UInt8(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: count &* 8))
    guard
      next == UInt8(ascii: ",") || next == UInt8(ascii: "}") || next == UInt8(ascii: "]")
    else { return nil }
    return count
  }

  /// How many bytes of a word are digits, from the lowest up to the first that is none.
  @inline(__always)
  private static func leadingDigits(_ word: UInt64) -> Int {
    let values = word ^ 0x3030_3030_3030_3030
    // A carry reaches only what is above the first byte that is no digit.
    let others = (values &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080
    return others.trailingZeroBitCount &>> 3
  }

  /// The number that the lowest bytes of a word write, which are one to eight digits.
  @inline(__always)
  static func number(_ word: UInt64, digits count: Int) -> UInt32 {
    // Zeros go before the first digit; then pairs, fours and eights are put together.
    let all = (word ^ 0x3030_3030_3030_3030) &<< UInt64(truncatingIfNeeded: 64 &- count &* 8)
    let pairs = (all &* 10 &+ all &>> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ pairs &>> 16) & 0x0000_FFFF_0000_FFFF
    return UInt32(truncatingIfNeeded: fours &* 10_000 &+ fours &>> 32)
  }

  /// The number that four hexadecimal digits write.
  static func codeUnit(_ body: RawSpan, _ start: Int) -> UInt32 {
    var value: UInt32 = 0
    for index in 0..<4 {
      let byte = body.byte(at: start &+ index)
      let digit = byte &- 0x30 < 10 ? byte &- 0x30 : (byte | 0x20) &- 0x61 &+ 10
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// One to four bytes of UTF-8, the first in the lowest byte.
  struct Unit {
    let bytes: UInt32
    let count: Int

    func byte(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: bytes >> UInt32(index * 8)) }
  }

  /// Reads a plain byte or an escape of a string that was checked, and passes it.
  static func unescapedUnit(_ body: RawSpan, _ at: inout Int) -> Unit {
    let byte = body.byte(at: at)
    guard byte == backslash else {
      at &+= 1
      return Unit(bytes: UInt32(byte), count: 1)
    }
    let kind = body.byte(at: at &+ 1)
    guard kind == UInt8(ascii: "u") else {
      at &+= 2
      return Unit(bytes: UInt32(named(kind)), count: 1)
    }
    return utf8(scalar(body, &at))
  }

  /// What a backslash and a character other than `u` stand for.
  private static func named(_ character: UInt8) -> UInt8 {
    switch character {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: character
    }
  }

  private static func scalar(_ body: RawSpan, _ at: inout Int) -> UInt32 {
    let first = codeUnit(body, at &+ 2)
    at &+= 6
    guard first & 0xF800 == 0xD800 else { return first }
    let second = codeUnit(body, at &+ 2)
    at &+= 6
    return 0x10000 &+ (first & 0x3FF) << 10 &+ (second & 0x3FF)
  }

  private static func utf8(_ scalar: UInt32) -> Unit {
    let last = 0x80 | scalar & 0x3F
    let third = 0x80 | scalar >> 6 & 0x3F
    if scalar < 0x80 { return Unit(bytes: scalar, count: 1) }
    if scalar < 0x800 { return Unit(bytes: 0xC0 | scalar >> 6 | last << 8, count: 2) }
    if scalar < 0x10000 {
      return Unit(bytes: 0xE0 | scalar >> 12 | third << 8 | last << 16, count: 3)
    }
    let second = 0x80 | scalar >> 12 & 0x3F
    return Unit(
      bytes: 0xF0 | scalar >> 18 | second << 8 | third << 16 | last << 24, count: 4)
  }
}
