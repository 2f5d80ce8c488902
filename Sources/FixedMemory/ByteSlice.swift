/// A part of some bytes by place: 8 bytes that hold no pointer, so they may outlive a span and
/// are resolved with ``Swift/RawSpan/slice(_:)``.
@usableFromInline
package struct ByteSlice: Equatable, Sendable, BitwiseCopyable {
  /// Bytes before it.
  @usableFromInline package var offset: UInt32
  /// Its length in bytes.
  @usableFromInline package var count: UInt32

  /// - Precondition: both fit 32 bits and are not negative.
  @inlinable @inline(__always)
  package init(offset: Int, count: Int) {
    self.offset = UInt32(offset)
    self.count = UInt32(count)
  }

  /// The bytes between two offsets; those past 32 bits are cut off, so that a slice of a longer
  /// text is wrong, but nothing is read that is not its own.
  @inlinable @inline(__always)
  package init(from start: Int, to end: Int) {
    offset = UInt32(truncatingIfNeeded: start)
    count = UInt32(truncatingIfNeeded: end &- start)
  }

  /// No bytes; also how an absent string is written.
  @inlinable package static var empty: ByteSlice { ByteSlice(offset: 0, count: 0) }

  /// Whether it holds no byte.
  @inlinable package var isEmpty: Bool { count == 0 }

  /// The offset of the byte after it.
  @inlinable package var end: Int { Int(offset) &+ Int(count) }
}
