// What columns of line items are combined with, a row of words at a time. The bounds are checked
// once a row, so that the loops are free of branches and the compiler takes several words at once.
extension BitmapWords {
  /// Takes over a row of words of a list.
  ///
  /// - Complexity: O(words).
  package mutating func assign(_ rows: borrowing FixedArray<UInt64>, from start: Int) {
    let (own, row) = unsafe (words.base, self.row(rows, start))
    // Safety: both have as many words, as ``row(_:_:)`` has checked.
    for index in 0..<words.count { unsafe own[index] = row[index] }
  }

  /// Adds the bits of a row.
  ///
  /// - Complexity: O(words).
  package mutating func formUnion(_ rows: borrowing FixedArray<UInt64>, from start: Int) {
    let (own, row) = unsafe (words.base, self.row(rows, start))
    // Safety: both have as many words, as ``row(_:_:)`` has checked.
    for index in 0..<words.count { unsafe own[index] |= row[index] }
  }

  /// Drops the bits of a row.
  ///
  /// - Complexity: O(words).
  package mutating func subtract(_ rows: borrowing FixedArray<UInt64>, from start: Int) {
    let (own, row) = unsafe (words.base, self.row(rows, start))
    // Safety: both have as many words, as ``row(_:_:)`` has checked.
    for index in 0..<words.count { unsafe own[index] &= ~row[index] }
  }

  /// Keeps the bits of a row; says whether any is left.
  ///
  /// - Complexity: O(words).
  package mutating func formIntersection(
    _ rows: borrowing FixedArray<UInt64>, from start: Int
  ) -> Bool {
    let (own, row) = unsafe (words.base, self.row(rows, start))
    var left: UInt64 = 0
    // Safety: both have as many words, as ``row(_:_:)`` has checked.
    for index in 0..<words.count {
      let word = unsafe own[index] & row[index]
      unsafe own[index] = word
      left |= word
    }
    return left != 0
  }

  /// Takes over the bits that two bitmaps of the same length share; says whether there are any.
  ///
  /// - Complexity: O(words).
  package mutating func assignIntersection(
    of first: borrowing BitmapWords, _ second: borrowing BitmapWords
  ) -> Bool {
    let (own, one, other) = unsafe (words.base, row(first.words, 0), row(second.words, 0))
    precondition(first.words.count == words.count && second.words.count == words.count)
    var left: UInt64 = 0
    // Safety: all have as many words.
    for index in 0..<words.count {
      let word = unsafe one[index] & other[index]
      unsafe own[index] = word
      left |= word
    }
    return left != 0
  }

  /// Where a row as long as this bitmap begins.
  @inline(__always)
  private func row(
    _ rows: borrowing FixedArray<UInt64>, _ start: Int
  ) -> UnsafeMutablePointer<UInt64> {
    precondition(start >= 0 && words.count <= rows.count &- start)
    // Safety: the row lies inside the list; it is only read, while the list is borrowed.
    return unsafe rows.base + start
  }
}
