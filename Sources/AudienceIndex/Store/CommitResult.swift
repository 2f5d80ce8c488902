/// What a commit did.
package struct CommitResult: Equatable, Sendable {
  /// The generation that it made.
  package var generation: UInt64
  /// What each file of the batch changed, in the order in which they were begun.
  package var counts: [FileCounts]
  /// Users that were not suppressed before and are now.
  package var usersSuppressed = 0
}
