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
  let words: FixedArray<UInt64>
  /// For each dimension, the line items that include nothing in it.
  let unconstrained: FixedArray<UInt64>
  /// For each dimension: bit 0, some line item includes; bit 1, some line item excludes.
  let uses: FixedArray<UInt8>

  /// Whether any line item has a rule in the dimension.
  package func isUsed(_ dimension: Dimension) -> Bool { uses[Int(dimension.rawValue)] != 0 }

  /// Whether any line item includes something in the dimension.
  package func hasIncludes(_ dimension: Dimension) -> Bool {
    uses[Int(dimension.rawValue)] & 1 != 0
  }

  /// Makes a bitmap hold the line items that include nothing in the dimension.
  ///
  /// - Complexity: O(words).
  package func loadUnconstrained(_ dimension: Dimension, into accepted: inout BitmapWords) {
    let start = Int(dimension.rawValue) * wordCount
    for index in 0..<wordCount { accepted.setWord(unconstrained[start + index], at: index) }
  }

  /// Keeps in a bitmap the line items that include nothing in the dimension.
  ///
  /// - Complexity: O(words).
  package func intersectUnconstrained(_ dimension: Dimension, into accepted: inout BitmapWords) {
    let start = Int(dimension.rawValue) * wordCount
    for index in 0..<wordCount {
      accepted.setWord(accepted.word(at: index) & unconstrained[start + index], at: index)
    }
  }

  /// The slot of a value, or nil when no line item names it.
  ///
  /// - Parameter key: the value in lower case.
  /// - Complexity: O(key).
  package func slot(_ dimension: Dimension, _ key: RawSpan) -> Int? {
    let hash = ColumnHash.hash(dimension, key)
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[place]
      if slot.hash == 0 { return nil }
      if slot.hash == hash, slot.dimension == dimension, isKey(slot, key) { return place }
      place = (place + 1) & mask
    }
  }

  /// The slot of a number, or nil when no line item names it.
  package func slot(_ dimension: Dimension, number: UInt64) -> Int? {
    let hash = ColumnHash.hash(dimension, number: number)
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[place]
      if slot.hash == 0 { return nil }
      if slot.hash == hash, slot.dimension == dimension, isKey(slot, number) { return place }
      place = (place + 1) & mask
    }
  }

  /// Adds the line items that include a slot's value.
  ///
  /// - Complexity: O(words) at most.
  package func addIncluding(_ slot: Int, to accepted: inout BitmapWords) {
    let column = slots[slot].include
    let start = Int(column.start)
    if column.isDense {
      for index in 0..<wordCount {
        accepted.setWord(accepted.word(at: index) | words[start + index], at: index)
      }
    } else {
      for index in start..<(start + Int(column.count)) { accepted.insert(Int(indices[index])) }
    }
  }

  /// Removes the line items that exclude a slot's value.
  ///
  /// - Complexity: O(words) at most.
  package func removeExcluding(_ slot: Int, from candidates: inout BitmapWords) {
    let column = slots[slot].exclude
    let start = Int(column.start)
    if column.isDense {
      for index in 0..<wordCount {
        candidates.setWord(candidates.word(at: index) & ~words[start + index], at: index)
      }
    } else {
      for index in start..<(start + Int(column.count)) { candidates.remove(Int(indices[index])) }
    }
  }

  private func isKey(_ slot: ColumnSlot, _ key: RawSpan) -> Bool {
    keys.bytes.slice(Int(slot.keyOffset), Int(slot.keyCount)).equals(key)
  }

  private func isKey(_ slot: ColumnSlot, _ number: UInt64) -> Bool {
    slot.keyCount == 8 && keys.bytes.word(at: Int(slot.keyOffset)) == number
  }
}
