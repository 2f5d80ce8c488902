/// A string of a document by place: in the document's own bytes, or, where it was written with
/// escapes, in an arena of unescaped strings beside it.
///
/// It holds no pointer, so it may outlive a span; ``Swift/RawSpan/slice(_:unescaped:)`` resolves
/// it.
/// A string without bytes and an absent one are the same.
@usableFromInline
package struct Text: Equatable, Sendable, BitwiseCopyable {
  /// The highest bit says where, the others are the offset there.
  @usableFromInline let location: UInt32
  /// Its length in bytes.
  @usableFromInline package let count: UInt32

  /// - Precondition: the slice ends below 2³¹.
  @inlinable @inline(__always)
  package init(_ slice: ByteSlice, isUnescaped: Bool = false) {
    precondition(slice.offset < 1 << 31)
    location = isUnescaped ? slice.offset | 1 << 31 : slice.offset
    count = slice.count
  }

  /// The bytes between two offsets of a document of fewer than 2³¹; of a longer one another part,
  /// or none.
  @inlinable @inline(__always)
  package init(from start: Int, to end: Int) {
    location = UInt32(truncatingIfNeeded: start) & 0x7FFF_FFFF
    count = UInt32(truncatingIfNeeded: end &- start)
  }

  /// No string.
  @inlinable package static var absent: Text { Text(.empty) }

  /// Whether it is absent or has no byte.
  @inlinable package var isEmpty: Bool { count == 0 }

  /// Whether the bytes are in the arena.
  @inlinable package var isUnescaped: Bool { location >> 31 != 0 }

  /// The place in the document or in the arena.
  @inlinable
  package var slice: ByteSlice {
    ByteSlice(offset: Int(location & 0x7FFF_FFFF), count: Int(count))
  }
}

extension RawSpan {
  /// The bytes of a string of the document that this span holds.
  ///
  /// - Parameter unescaped: the arena of the document's unescaped strings.
  @inlinable @inline(__always) @_lifetime(copy self, copy unescaped)
  package func slice(_ text: Text, unescaped: RawSpan) -> RawSpan {
    if text.isUnescaped { return unescaped.slice(text.slice) }
    return slice(text.slice)
  }
}
