/// Decimal numbers as integers of their last decimal's unit, converted without rounding.
package enum FixedPoint {
  /// The value of a JSON number in units of 10^-decimals, or nil if it is no number, has digits
  /// below that unit, or does not fit 64 bits.
  /// - Complexity: O(n) in the text.
  package static func parse(_ text: String, decimals: Int) -> Int64? {
    guard JSONNumber.isValid(Array(text.utf8)[...]) else { return nil }
    let parts = text.lowercased().split(separator: "e")
    guard let mantissa = parts.first, let exponent = parts.count > 1 ? Int(parts[1]) : 0,
      abs(exponent) < 100
    else { return nil }
    let isNegative = mantissa.first == "-"
    let halves = mantissa.drop { $0 == "-" }.split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = halves.count > 1 ? halves[1] : ""
    var digits = Array((halves[0] + fraction).utf8.drop { $0 == UInt8(ascii: "0") })
    var shift = decimals + exponent - fraction.utf8.count
    while shift < 0, digits.last == UInt8(ascii: "0") {
      digits.removeLast()
      shift += 1
    }
    guard !digits.isEmpty else { return 0 }
    guard shift >= 0, digits.count + shift <= 19 else { return nil }
    digits.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: shift))
    return Int64((isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self))
  }

  /// The number that an integer of units of 10^-decimals means, without trailing zeros.
  package static func spelled(_ value: Int64, decimals: Int) -> String {
    var digits = String(value.magnitude)
    digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let whole = digits.dropLast(decimals)
    var fraction = digits.suffix(decimals)
    while fraction.last == "0" { fraction.removeLast() }
    return (value < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : ".\(fraction)")
  }
}
