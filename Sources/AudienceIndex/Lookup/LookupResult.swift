/// What a lookup of a request's ids found, apart from the segments.
@usableFromInline
package struct LookupResult: Equatable, Sendable, BitwiseCopyable {
  /// Whether one of the ids is suppressed: the user is then treated as having none.
  @usableFromInline package var isSuppressed = false
  /// How many of the ids have a row.
  @usableFromInline package var knownCount = 0

  @inlinable package init(isSuppressed: Bool = false, knownCount: Int = 0) {
    self.isSuppressed = isSuppressed
    self.knownCount = knownCount
  }
}
