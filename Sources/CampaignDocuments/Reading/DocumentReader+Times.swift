extension DocumentReader {
  /// A duration such as `100ms`, `30m` or `7d` in milliseconds, or nil.
  ///
  /// The units are ms, s, m, h, d (24 hours) and w; the range is in milliseconds.
  package func milliseconds(in range: ClosedRange<Int64>) -> Int64? {
    guard case .scalar(let text, _) = node.content, let value = DurationText.milliseconds(text)
    else {
      wrongType("a duration such as 30m, 1h or 7d")
      return nil
    }
    guard range.contains(value) else {
      let lower = DurationText.spelled(range.lowerBound)
      let upper = DurationText.spelled(range.upperBound)
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
}
