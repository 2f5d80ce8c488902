extension DocumentReader {
  /// A duration such as `100ms`, `30m` or `7d` in milliseconds, or nil.
  ///
  /// The units are ms, s, m, h, d (24 hours) and w; the range is in milliseconds.
  package func milliseconds(in range: ClosedRange<Int64>) -> Int64? {
    guard case .scalar(let text, _) = node.content, let value = Duration.milliseconds(text) else {
      wrongType("a duration such as 30m, 1h or 7d")
      return nil
    }
    guard range.contains(value) else {
      let lower = Duration.spelled(range.lowerBound)
      let upper = Duration.spelled(range.upperBound)
      fail("`\(text.quotable)` is out of range; allowed is \(lower) to \(upper)")
      return nil
    }
    return value
  }

  /// An instant of ISO 8601 with its offset from UTC, such as `2026-01-01T00:00:00Z`, in
  /// milliseconds since 1970-01-01T00:00:00Z, or nil.
  package func instantMilliseconds() -> Int64? {
    guard case .scalar(let text, _) = node.content, !node.isNull else {
      wrongType("an instant such as 2026-01-01T00:00:00Z")
      return nil
    }
    guard let value = InstantText.milliseconds(text) else {
      fail(
        "`\(text.quotable)` is not an instant; "
          + "write date, time and offset as in 2026-01-01T00:00:00Z or …T00:00:00+01:00")
      return nil
    }
    return value
  }

  private enum Duration {
    private static let units: [(name: String, milliseconds: Int64)] = [
      ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
      ("w", 604_800_000),
    ]

    static func milliseconds(_ text: String) -> Int64? {
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      let name = text[digits.endIndex...]
      guard let unit = units.first(where: { $0.name == name }), let count = Int64(digits) else {
        return nil
      }
      let (product, overflows) = count.multipliedReportingOverflow(by: unit.milliseconds)
      return overflows ? nil : product
    }

    static func spelled(_ milliseconds: Int64) -> String {
      let unit = units.dropLast().last { milliseconds % $0.milliseconds == 0 }
      guard milliseconds > 0, let unit else { return "\(milliseconds)ms" }
      return "\(milliseconds / unit.milliseconds)\(unit.name)"
    }
  }
}
