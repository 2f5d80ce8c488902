/// Times, rates and shares as people write them.
package enum Quantity {
  private static let units: [(String, Double)] = [
    ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
  ]

  /// Nanoseconds of `250us`, `10ms`, `1.5s`, `2m`, `1h`; nil for anything else.
  package static func nanoseconds(_ text: String) -> UInt64? {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(digits.count)
    guard let number = Double(digits), let factor = units.first(where: { $0.0 == unit })?.1,
      number >= 0, number * factor <= Double(LoadLimits.runNanoseconds)
    else { return nil }
    return UInt64(number * factor)
  }

  /// Requests a second of `500`, `20k` or `1.5M`; nil for anything else, for zero, for too much.
  package static func rate(_ text: String) -> Double? {
    let factor: Double = text.hasSuffix("k") ? 1e3 : text.hasSuffix("M") ? 1e6 : 1
    guard let number = Double(factor == 1 ? text[...] : text.dropLast()), number.isFinite else {
      return nil
    }
    let rate = number * factor
    return rate > 0 && rate <= LoadLimits.rate ? rate : nil
  }

  /// A share of `0.1%` or `0.001`; nil for anything else, and outside of 0 to 1.
  package static func share(_ text: String) -> Double? {
    let isPercent = text.hasSuffix("%")
    guard let number = Double(isPercent ? text.dropLast() : text[...]) else { return nil }
    let share = isPercent ? number / 100 : number
    return share >= 0 && share <= 1 ? share : nil
  }

  /// `850 ns`, `12.3 µs`, `4.56 ms`, `1.20 s`.
  package static func text(nanoseconds: UInt64) -> String {
    let value = Double(nanoseconds)
    switch nanoseconds {
    case ..<1_000: return "\(nanoseconds) ns"
    case ..<1_000_000: return fixed(value / 1e3, 1) + " µs"
    case ..<1_000_000_000: return fixed(value / 1e6, 2) + " ms"
    default: return fixed(value / 1e9, 2) + " s"
    }
  }

  /// A number with so many decimals.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
    var factor = 1
    for _ in 0..<decimals { factor *= 10 }
    let scaled = Int((abs(value) * Double(factor)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    let whole = String(scaled / factor)
    guard decimals > 0 else { return sign + whole }
    let fraction = String(scaled % factor)
    return sign + whole + "." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  /// A whole number with its thousands apart: `1,234,567`.
  package static func grouped(_ value: UInt64) -> String {
    var text = ""
    for (index, digit) in String(value).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// A rate as a whole number with its thousands apart.
  package static func grouped(_ value: Double) -> String {
    grouped(UInt64(max(0, min(1e15, value.rounded()))))
  }

  /// A share in per cent, with as many decimals as small ones need.
  package static func percent(_ share: Double) -> String {
    let percent = share * 100
    return fixed(percent, percent == 0 || percent >= 10 ? 1 : percent >= 0.1 ? 2 : 4) + " %"
  }
}
