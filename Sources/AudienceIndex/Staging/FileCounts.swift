/// What one file of a batch changed.
package struct FileCounts: Equatable, Sendable {
  /// Memberships that were not there before.
  package var added = 0
  /// Memberships that were there before, and are not any more.
  package var removed = 0
  /// Memberships in the file that had already ended.
  package var expired = 0
  /// Users who had no membership before and have one now.
  package var usersNew = 0
  /// Users named in the file, known or not; those to be suppressed where it has no other lines.
  package var usersTouched = 0

  package init() {}
}
