import FixedMemory

/// A decimal number as it was written: no binary fraction ever comes near a price.
///
/// The value is `mantissa` · 10^`exponent`, and a little more where digits past the nineteenth
/// were dropped.
package struct DecimalNumber: Equatable, Sendable {
  /// Which neighbour a value that is not whole becomes.
  package enum Rounding: Sendable {
    case up
    case down
  }

  /// Whether it has a minus sign.
  package private(set) var isNegative = false
  /// The first nineteen significant digits.
  package private(set) var mantissa: UInt64 = 0
  /// The power of ten that the mantissa is multiplied by.
  package private(set) var exponent = 0
  /// Whether a digit other than 0 was dropped.
  package private(set) var isInexact = false

  private var significantDigits = 0

  /// The number that a text writes; nil unless all of it is a number.
  ///
  /// Wider than JSON, for numbers in strings: a plus sign, leading zeros, spaces around, and a
  /// point without digits on one side of it are taken.
  ///
  /// - Complexity: O(bytes).
  package init?(_ text: RawSpan) {
    var at = Self.skipSpaces(text, 0)
    if let sign = Self.sign(text, at) {
      isNegative = sign
      at &+= 1
    }
    let integerEnd = readDigits(text, at, isFraction: false)
    var digits = integerEnd &- at
    at = integerEnd
    if at < text.byteCount && text.byte(at: at) == UInt8(ascii: ".") {
      let fractionEnd = readDigits(text, at &+ 1, isFraction: true)
      digits &+= fractionEnd &- at &- 1
      at = fractionEnd
    }
    guard digits > 0, let end = readExponent(text, at) else { return nil }
    guard Self.skipSpaces(text, end) == text.byteCount else { return nil }
  }

  /// The value times 10^`decimals` as a whole number, with a magnitude of at most `Int64.max`.
  ///
  /// - Parameter rounding: away from zero or towards it.
  package func scaled(by decimals: Int, rounding: Rounding) -> Int64 {
    let magnitude = scaledMagnitude(exponent &+ decimals, rounding)
    let limited = Int64(min(magnitude, UInt64(Int64.max)))
    return isNegative ? -limited : limited
  }

  /// The value without its fraction, within the range of the type.
  package var truncated: Int32 {
    Int32(clamping: scaled(by: 0, rounding: .down))
  }

  /// Whether it has no fraction.
  package var isWhole: Bool {
    scaledMagnitude(exponent, .up) == scaledMagnitude(exponent, .down)
  }

  private func scaledMagnitude(_ power: Int, _ rounding: Rounding) -> UInt64 {
    if mantissa == 0 { return 0 }
    if power > 18 { return .max }
    if power < -19 { return rounding == .up ? 1 : 0 }
    if power >= 0 {
      let (product, overflow) = mantissa.multipliedReportingOverflow(by: Self.power(power))
      if overflow || product > UInt64(Int64.max) { return .max }
      return product &+ (isInexact && rounding == .up ? 1 : 0)
    }
    let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: Self.power(-power))
    let isRounded = remainder != 0 || isInexact
    return quotient &+ (isRounded && rounding == .up ? 1 : 0)
  }

  private static func power(_ exponent: Int) -> UInt64 {
    var value: UInt64 = 1
    for _ in 0..<exponent { value &*= 10 }
    return value
  }

  /// Takes the digits at an offset; returns the offset after them.
  private mutating func readDigits(_ text: RawSpan, _ start: Int, isFraction: Bool) -> Int {
    var at = start
    while at < text.byteCount {
      let digit = text.byte(at: at) &- 0x30
      guard digit < 10 else { break }
      if significantDigits < 19 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        if mantissa != 0 { significantDigits &+= 1 }
        if isFraction { exponent &-= 1 }
      } else {
        if digit != 0 { isInexact = true }
        if !isFraction { exponent &+= 1 }
      }
      at &+= 1
    }
    return at
  }

  /// Takes an exponent if there is one; returns the offset after it, nil when it has no digits.
  private mutating func readExponent(_ text: RawSpan, _ start: Int) -> Int? {
    guard start < text.byteCount, text.byte(at: start) | 0x20 == UInt8(ascii: "e") else {
      return start
    }
    var at = start &+ 1
    let isNegative = Self.sign(text, at)
    if isNegative != nil { at &+= 1 }
    let first = at
    var value = 0
    while at < text.byteCount && text.byte(at: at) &- 0x30 < 10 {
      // Far beyond what any mantissa can bring back.
      if value < 1 << 40 { value = value * 10 + Int(text.byte(at: at) &- 0x30) }
      at &+= 1
    }
    exponent += isNegative == true ? -value : value
    return at > first ? at : nil
  }

  /// Whether the sign at an offset is a minus; nil when there is no sign.
  private static func sign(_ text: RawSpan, _ at: Int) -> Bool? {
    guard at < text.byteCount else { return nil }
    switch text.byte(at: at) {
    case UInt8(ascii: "-"): return true
    case UInt8(ascii: "+"): return false
    default: return nil
    }
  }

  private static func skipSpaces(_ text: RawSpan, _ start: Int) -> Int {
    var at = start
    while at < text.byteCount && text.byte(at: at) == 0x20 { at &+= 1 }
    return at
  }
}
