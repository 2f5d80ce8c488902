/// The line items that a targeting value stands for: a list of their indices, or where that would
/// be longer, a bitmap.
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
