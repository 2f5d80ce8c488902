/// Durations as text: a number and one unit.
enum DurationText {
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ("w", 604_800_000),
  ]

  /// The milliseconds that `30m`, `1h` or `7d` means, or nil.
  static func milliseconds(_ text: String) -> Int64? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let name = text[digits.endIndex...]
    guard let unit = units.first(where: { $0.name == name }), let count = Int64(digits) else {
      return nil
    }
    let (product, overflows) = count.multipliedReportingOverflow(by: unit.milliseconds)
    return overflows ? nil : product
  }

  /// The duration in the largest unit up to days that leaves no fraction.
  static func spelled(_ milliseconds: Int64) -> String {
    let unit = units.dropLast().last { milliseconds % $0.milliseconds == 0 }
    guard milliseconds > 0, let unit else { return "\(milliseconds)ms" }
    return "\(milliseconds / unit.milliseconds)\(unit.name)"
  }
}
