/// The line items that a targeting value stands for: a list of their indices, or a bitmap,
/// whichever is less work for a request.
@usableFromInline
struct Column: BitwiseCopyable, Sendable {
  /// Where it starts: in the indices, or in the words where it is dense.
  @usableFromInline var start: UInt32
  /// How many line items it holds.
  @usableFromInline var count: UInt32
  /// Whether it is a bitmap.
  @usableFromInline var isDense: Bool

  /// Where its list lies, of one that is no bitmap.
  @inline(__always)
  var indices: Range<Int> { Int(start)..<Int(start) &+ Int(count) }

  /// Whether so many line items are a bitmap. It takes eight bytes a word, a list four bytes a line
  /// item; but a line item of a list is as much work for a request as two words, so a list is kept
  /// up to a quarter of the bitmap's length.
  static func isBitmap(_ lineItemCount: Int, wordCount: Int) -> Bool {
    lineItemCount > wordCount / 2
  }

  static var empty: Column { Column(start: 0, count: 0, isDense: false) }
}

/// A place of the hash table: a value of a dimension, and who includes and excludes it.
@usableFromInline
struct ColumnSlot: BitwiseCopyable, Sendable {
  @usableFromInline var hash: UInt64
  @usableFromInline var dimension: Dimension
  @usableFromInline var keyOffset: UInt32
  @usableFromInline var keyCount: UInt32
  @usableFromInline var include: Column
  @usableFromInline var exclude: Column

  /// A place that holds nothing; no value's hash is zero.
  static var vacant: ColumnSlot {
    ColumnSlot(
      hash: 0, dimension: .exchange, keyOffset: 0, keyCount: 0, include: .empty, exclude: .empty)
  }
}
