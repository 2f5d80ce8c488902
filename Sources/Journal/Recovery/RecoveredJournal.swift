/// What a journal's folder held.
package struct RecoveredJournal: Sendable, Equatable {
  /// The checkpoint that was taken; 0 when there was none.
  package var checkpoint: UInt32 = 0
  /// Bytes of its payload.
  package var checkpointBytes = 0
  /// Frames that were replayed.
  package var frames = 0
  /// The segment to go on with.
  package var nextSegment: UInt32 = 1
  /// Bytes of the segment before it; 0 where there is none.
  package var previousEnd = 0
  /// What was cut, removed or passed over, in words.
  package var notes: [String] = []
}

/// What a journal is replayed into.
package protocol JournalState: ~Copyable {
  /// Takes a checkpoint's payload.
  mutating func restore(checkpoint: RawSpan) throws
  /// Takes a frame's payload.
  mutating func replay(_ frame: RawSpan) throws
}
