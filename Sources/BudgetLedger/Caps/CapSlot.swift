/// Where a slot's words lie in the table.
struct CapSlot: Equatable {
  /// Slots of a set.
  static let ways = 8
  /// Words of a slot's buckets and use.
  static let rowWords = CapTable.bucketCount + 1
  /// Words of a set.
  static let setWords = ways * (1 + rowWords)

  /// The word of its key.
  let key: Int
  /// The word of its first bucket.
  let row: Int

  /// - Parameters:
  ///   - base: the first word of its set.
  ///   - way: its place in the set.
  init(base: Int, way: Int) {
    key = base + way
    row = base + Self.ways + way * Self.rowWords
  }

  /// The word of its ``CapUse``.
  var use: Int { row + CapTable.bucketCount }
}
