/// Milliseconds since 1970-01-01T00:00:00Z: for flights, dayparts and what is written down.
@usableFromInline
package struct WallTime: Comparable, Hashable, Sendable, BitwiseCopyable {
  @usableFromInline package var milliseconds: Int64

  @inlinable
  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Whole seconds since 1970, rounded down.
  @inlinable package var seconds: Int64 {
    milliseconds >= 0 ? milliseconds / 1000 : (milliseconds &- 999) / 1000
  }

  @inlinable
  package static func < (left: WallTime, right: WallTime) -> Bool {
    left.milliseconds < right.milliseconds
  }
}
