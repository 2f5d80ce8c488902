/// What a batch means for what its lines do not say.
package enum StageMode: Sendable, Equatable {
  /// Lines add and remove; all else stays.
  case changes
  /// Each user in the batch has exactly the listed segments of the source; absent users keep
  /// theirs.
  case replaceUsers
  /// As ``replaceUsers``, and absent users lose the segments of the source.
  case replaceAll
}
