/// A list of a request: a run of elements in one of the request's arrays.
@usableFromInline
package struct ListSlice: Equatable, Sendable, BitwiseCopyable {
  /// The index of the first element.
  @usableFromInline package let start: UInt32
  /// How many elements.
  @usableFromInline package let count: UInt32

  /// - Precondition: both are places of a fixed array, which are far below 32 bits.
  @inlinable
  init(start: Int, count: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.count = UInt32(truncatingIfNeeded: count)
  }

  /// No elements; also how an absent list is written.
  @inlinable package static var empty: ListSlice { ListSlice(start: 0, count: 0) }

  /// Whether it has no element.
  @inlinable package var isEmpty: Bool { count == 0 }

  /// The elements' indices in the array.
  @inlinable package var indices: Range<Int> { Int(start)..<Int(start) &+ Int(count) }
}

/// A list of integers as a set: the small ones, which the specification lists, in one word.
@usableFromInline
package struct NumberSet: Equatable, Sendable, BitwiseCopyable {
  /// Bit n is set when n is in the list, for 0 to 63.
  @usableFromInline package var small: UInt64
  /// The others, in ``BidRequest/numbers``: vendor-specific values start at 500.
  @usableFromInline package var others: ListSlice

  @inlinable
  init(small: UInt64, others: ListSlice) {
    self.small = small
    self.others = others
  }

  /// No integers; also how an absent list is written.
  @inlinable package static var empty: NumberSet { NumberSet(small: 0, others: .empty) }

  /// Whether it has no element.
  @inlinable package var isEmpty: Bool { small == 0 && others.isEmpty }
}
