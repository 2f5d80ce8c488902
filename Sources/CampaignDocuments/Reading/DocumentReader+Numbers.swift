extension DocumentReader {
  /// An integer of a range, or nil.
  ///
  /// It is written in digits, without quotes, fraction, exponent, underscores or leading zeros,
  /// so that an amount of money can mean only one thing.
  package func integer(in range: ClosedRange<Int64>) -> Int64? {
    guard case .scalar(let text, isPlain: true) = node.content, !node.isNull else {
      wrongType("an integer")
      return nil
    }
    guard Self.isInteger(text) else {
      let hint = Self.isNumber(text) ? "; write it in digits alone" : ""
      fail("expected an integer, found `\(text.quotable)`\(hint)")
      return nil
    }
    guard let value = Int64(text) else {
      fail("\(text.quotable) does not fit 64 bits; allowed is \(Self.spelled(range))")
      return nil
    }
    guard range.contains(value) else {
      fail("\(value) is out of range; allowed is \(Self.spelled(range))")
      return nil
    }
    return value
  }

  /// A number with a fixed count of decimals as an integer of its last decimal's unit, or nil:
  /// with 6 decimals `0.0012` is 1,200. The range is in that unit.
  ///
  /// The text is converted without binary fractions; more decimals than fit are an error.
  package func fixedPoint(decimals: Int, in range: ClosedRange<Int64>) -> Int64? {
    guard case .scalar(let text, isPlain: true) = node.content, Self.isNumber(text) else {
      wrongType("a number")
      return nil
    }
    guard let value = FixedPoint.parse(text, decimals: decimals) else {
      fail("\(text.quotable) has more than \(decimals) decimals or is too large")
      return nil
    }
    guard range.contains(value) else {
      let lower = FixedPoint.spelled(range.lowerBound, decimals: decimals)
      let upper = FixedPoint.spelled(range.upperBound, decimals: decimals)
      fail("\(text.quotable) is out of range; allowed is \(lower) to \(upper)")
      return nil
    }
    return value
  }

  /// A share such as `5%` in parts per million, or nil; the range is in parts per million.
  package func percentPartsPerMillion(in range: ClosedRange<Int64> = 0...1_000_000) -> Int64? {
    guard case .scalar(let text, _) = node.content, text.hasSuffix("%"),
      let value = FixedPoint.parse(String(text.dropLast()), decimals: 4)
    else {
      wrongType("a share such as 5%")
      return nil
    }
    guard range.contains(value) else {
      let lower = FixedPoint.spelled(range.lowerBound, decimals: 4)
      let upper = FixedPoint.spelled(range.upperBound, decimals: 4)
      fail("`\(text.quotable)` is out of range; allowed is \(lower)% to \(upper)%")
      return nil
    }
    return value
  }

  private static func spelled(_ range: ClosedRange<Int64>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (.min, .max): "any integer of 64 bits"
    case (let lower, .max): "\(lower) or more"
    case (let lower, let upper): "\(lower) to \(upper)"
    }
  }

  private static func isInteger(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return JSONNumber.isValid(bytes[...]) && !bytes.contains { ".eE".utf8.contains($0) }
  }

  private static func isNumber(_ text: String) -> Bool {
    JSONNumber.isValid(Array(text.utf8)[...])
  }
}
