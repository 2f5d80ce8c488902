/// How far a follower of the event log has come.
package struct EventPlace: Sendable, Equatable {
  /// The place behind the last block, by the number of its file; an offset of zero is the start of
  /// a file that may not be there yet.
  package var file: JournalPosition
  /// The journal's place up to which the bookings were taken in.
  package var journal: JournalPosition

  package init(file: JournalPosition, journal: JournalPosition) {
    self.file = file
    self.journal = journal
  }

  /// Before the first file.
  package static let start = EventPlace(
    file: JournalPosition(segment: 1, offset: 0), journal: JournalPosition(segment: 0, offset: 0))
}
