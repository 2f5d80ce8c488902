/// A bitmap in 64-bit words, allocated once for the most bits it will hold; bits past the last are
/// always zero.
@usableFromInline
package struct BitmapWords: ~Copyable, Sendable {
  /// The bits it holds.
  @usableFromInline package internal(set) var bitCount: Int
  @usableFromInline var words: FixedArray<UInt64>

  /// All bits zero.
  @inlinable
  package init(bitCount: Int) {
    precondition(bitCount >= 0)
    self.bitCount = bitCount
    words = FixedArray(repeating: 0, count: max(1, (bitCount &+ 63) / 64))
  }

  /// Holds another number of bits from here on, all zero; at most as many as at its making.
  ///
  /// - Complexity: O(words).
  @inlinable
  package mutating func reset(bitCount newCount: Int) {
    let needed = max(1, (newCount &+ 63) / 64)
    precondition(newCount >= 0 && needed <= words.capacity)
    words.removeAll()
    for _ in 0..<needed { words.append(0) }
    bitCount = newCount
  }

  @inlinable package var wordCount: Int { words.count }

  /// The words, bit 0 of the first word first.
  @inlinable
  package var span: Span<UInt64> {
    @_lifetime(borrow self) get { words.span }
  }

  @inlinable @inline(__always)
  package func contains(_ bit: Int) -> Bool {
    precondition(UInt(bitPattern: bit) < UInt(bitPattern: bitCount))
    return words[bit >> 6] & (1 << UInt64(bit & 63)) != 0
  }

  @inlinable @inline(__always)
  package mutating func insert(_ bit: Int) {
    precondition(UInt(bitPattern: bit) < UInt(bitPattern: bitCount))
    words[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  @inlinable @inline(__always)
  package mutating func remove(_ bit: Int) {
    precondition(UInt(bitPattern: bit) < UInt(bitPattern: bitCount))
    words[bit >> 6] &= ~(1 << UInt64(bit & 63))
  }

  /// - Complexity: O(words).
  @inlinable
  package mutating func removeAll() {
    let base = unsafe words.base
    // Safety: the words are this value's own.
    for index in 0..<words.count { unsafe base[index] = 0 }
  }

  /// - Complexity: O(words).
  @inlinable
  package mutating func insertAll() {
    for index in 0..<words.count { words[index] = .max }
    let used = bitCount & 63
    if used != 0 { words[words.count &- 1] = (1 << UInt64(used)) &- 1 }
    if bitCount == 0 { words[0] = 0 }
  }

  /// Keeps the bits that another bitmap of the same length has too; says whether any is left.
  ///
  /// - Complexity: O(words).
  package mutating func formIntersection(_ other: borrowing BitmapWords) -> Bool {
    precondition(other.words.count == words.count)
    return formIntersection(other.words, from: 0)
  }

  /// Takes over the bits of another bitmap of the same length.
  ///
  /// - Complexity: O(words).
  package mutating func assign(_ other: borrowing BitmapWords) {
    precondition(other.words.count == words.count)
    assign(other.words, from: 0)
  }

  /// The word at an index.
  @inlinable @inline(__always)
  package func word(at index: Int) -> UInt64 { words[index] }

  /// The number of bits set.
  ///
  /// - Complexity: O(words).
  @inlinable
  package var population: Int {
    var total = 0
    for index in 0..<words.count { total &+= words[index].nonzeroBitCount }
    return total
  }

  /// Whether no bit is set.
  ///
  /// - Complexity: O(words).
  @inlinable
  package var isEmpty: Bool {
    for index in 0..<words.count where words[index] != 0 { return false }
    return true
  }

  /// The first set bit at or after a place, or nil.
  ///
  /// - Complexity: O(words).
  @inlinable
  package func firstBit(from start: Int = 0) -> Int? {
    guard start < bitCount else { return nil }
    var index = start >> 6
    var word = words[index] & (UInt64.max << UInt64(start & 63))
    while word == 0 {
      index &+= 1
      guard index < words.count else { return nil }
      word = words[index]
    }
    return index &* 64 &+ word.trailingZeroBitCount
  }
}
