/// Rows of words with a bit for each line item, while columns are built.
enum LineItemRow {
  /// The words of a row; at least one.
  static func wordCount(_ lineItemCount: Int) -> Int { max(1, (lineItemCount + 63) / 64) }

  /// The row of some line items.
  static func of(_ lineItems: [UInt32], wordCount: Int) -> [UInt64] {
    var row = Array(repeating: UInt64(0), count: wordCount)
    for lineItem in lineItems { row[Int(lineItem) / 64] |= 1 << UInt64(lineItem % 64) }
    return row
  }

  /// The row of all line items but some.
  static func all(_ lineItemCount: Int, but dropped: [UInt32]) -> [UInt64] {
    var row = Array(repeating: UInt64(0), count: wordCount(lineItemCount))
    for lineItem in 0..<lineItemCount { row[lineItem / 64] |= 1 << UInt64(lineItem % 64) }
    for lineItem in dropped { row[Int(lineItem) / 64] &= ~(1 << UInt64(lineItem % 64)) }
    return row
  }
}
