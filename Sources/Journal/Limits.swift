/// What the files that only grow are bounded by, and why.
package enum JournalLimits {
  /// Bytes of one frame's payload: what a group commit can gather, and what a length field that was
  /// damaged may claim.
  package static let frameBytes = 4 << 20
  /// Bytes of a segment: recovery holds one in memory, and a position in it has 32 bits.
  package static let segmentBytes = 1 << 30
  /// Bytes that a segment holds at least before a checkpoint replaces it: below that, checkpoints
  /// would cost more than they save at the next start.
  package static let segmentBytesBeforeCheckpoint = 4 << 20
  /// Bytes of a checkpoint or of the saved frequency caps: each is held in memory as a whole.
  package static let checkpointBytes = 4 << 30
  /// Milliseconds between two saves of the frequency caps: how much of them a crash can lose.
  package static let capsSaveMilliseconds: Int64 = 60_000
  /// Milliseconds between two ticks of the ledger, and the longest that its thread sleeps.
  package static let tickMilliseconds: UInt64 = 10
  /// Milliseconds that whoever hands over documents waits for the ledger thread.
  package static let planMilliseconds: Int32 = 30_000
  /// Plans that wait for the ledger thread at a time: documents change one after the other.
  package static let waitingPlans = 64
}
