/// A segment's dense number: given out in order by the registry, stable, never reused.
@usableFromInline
package struct SegmentID: Comparable, Hashable, Sendable, BitwiseCopyable {
  @usableFromInline package let rawValue: UInt32

  @inlinable
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable
  package static func < (left: SegmentID, right: SegmentID) -> Bool {
    left.rawValue < right.rawValue
  }
}
