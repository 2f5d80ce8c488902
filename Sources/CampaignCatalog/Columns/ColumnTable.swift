import FixedMemory

/// Every targeting value with the line items that include or exclude it, found by one hash probe.
///
/// The cost of a dimension grows with the words of a bitmap (a 64th of the line items), not with
/// the line items times their rules.
@usableFromInline
package struct ColumnTable: ~Copyable, Sendable {
  let lineItemCount: Int
  let wordCount: Int
  let slots: FixedArray<ColumnSlot>
  let keys: FixedBuffer
  let indices: FixedArray<UInt32>
  /// Rows of words: for each dimension the line items that include nothing in it, then the bitmaps
  /// of columns.
  package let words: FixedArray<UInt64>
  /// For each dimension: bit 0, some line item includes; bit 1, some line item excludes; bit 2,
  /// some line item includes nothing.
  @usableFromInline let uses: FixedArray<UInt8>
  /// For each dimension the lengths of its keys, a bit each; the last stands for all from 63 on.
  let keyLengths: FixedArray<UInt64>
  let inPlace = InPlace()

  /// Whether any line item has a rule in the dimension.
  @inlinable @inline(__always)
  package func isUsed(_ dimension: Dimension) -> Bool { uses[Int(dimension.rawValue)] & 3 != 0 }

  /// Whether any line item includes something in the dimension.
  @inlinable @inline(__always)
  package func hasIncludes(_ dimension: Dimension) -> Bool {
    uses[Int(dimension.rawValue)] & 1 != 0
  }

  /// The slot of a value, or nil when no line item names it.
  ///
  /// - Parameter key: the value as documents have it: in lower case but for seats.
  /// - Complexity: O(key).
  package func slot(_ dimension: Dimension, _ key: RawSpan) -> Int? {
    guard hasKey(dimension, byteCount: key.byteCount) else { return nil }
    return find(dimension, ColumnHash.hash(dimension, key)) { $0.equals(key) }
  }

  /// The slot of a value in any case, or nil when no line item names it.
  ///
  /// - Complexity: O(value), O(1) where no key is as long.
  package func slot(_ dimension: Dimension, ignoringCase value: RawSpan) -> Int? {
    guard hasKey(dimension, byteCount: value.byteCount) else { return nil }
    return find(dimension, ColumnHash.hash(dimension, value)) { value.equalsInLowerCase($0) }
  }

  /// The slot of a number, or nil when no line item names it.
  package func slot(_ dimension: Dimension, number: UInt64) -> Int? {
    find(dimension, ColumnHash.hash(dimension, number: number)) {
      $0.byteCount == 8 && $0.word(at: 0) == number
    }
  }

  /// Whether a key of the dimension may be so long: most values of requests are none for it alone.
  @inline(__always)
  private func hasKey(_ dimension: Dimension, byteCount: Int) -> Bool {
    let bit = UInt64(truncatingIfNeeded: min(byteCount, 63))
    return keyLengths[Int(dimension.rawValue)] &>> bit & 1 != 0
  }

  /// The slot of a hash whose key is the one looked for.
  @inline(__always)
  private func find(
    _ dimension: Dimension, _ hash: UInt64, _ isKey: (RawSpan) -> Bool
  ) -> Int? {
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let found = slots[place].hash
      if found == 0 { return nil }
      if found == hash, slots[place].dimension == dimension {
        let slot = slots[place]
        if isKey(keys.bytes.slice(Int(slot.keyOffset), Int(slot.keyCount))) { return place }
      }
      place = (place &+ 1) & mask
    }
  }

  /// Adds the line items that include a slot's value.
  ///
  /// - Complexity: O(words) at most.
  package func addIncluding(_ slot: Int, to accepted: inout BitmapWords) {
    let column = slots[slot].include
    let start = Int(column.start)
    if column.isDense {
      accepted.formUnion(words, from: start)
    } else {
      for index in column.indices { accepted.insert(Int(indices[index])) }
    }
  }

  /// Removes the line items that exclude a slot's value.
  ///
  /// - Complexity: O(words) at most.
  package func removeExcluding(_ slot: Int, from candidates: inout BitmapWords) {
    let column = slots[slot].exclude
    let start = Int(column.start)
    if column.isDense {
      candidates.subtract(words, from: start)
    } else {
      for index in column.indices { candidates.remove(Int(indices[index])) }
    }
  }
}
