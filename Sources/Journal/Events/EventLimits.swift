/// What the event log is bounded by, and why.
extension JournalLimits {
  /// Bytes of events that are gathered before they are written: 600 events, so that a block's head
  /// and the write itself cost little for each.
  package static let eventBlockBytes = 64 << 10
  /// Milliseconds that an event waits for its block at most: what a crash of the process can lose.
  package static let eventFlushMilliseconds: UInt64 = 1_000
  /// Milliseconds between two waits for the disk: what a loss of power can lose, and what reports,
  /// which count only what is durable, lag behind. Bookings are safe in the journal until then.
  package static let eventSyncMilliseconds: UInt64 = 1_000
  /// Bytes of a file before the next is begun: what a reader holds in memory, and the grain in
  /// which old events are deleted.
  package static let eventFileBytes = 64 << 20
  /// Milliseconds that the event log's thread sleeps when it has seen everything: a worker's ring
  /// holds what 650,000 events a second bring meanwhile.
  package static let eventPollMilliseconds: Int32 = 50
  /// Milliseconds after a failed write before the next attempt.
  package static let eventRetryMilliseconds: UInt64 = 1_000
  /// Frames of the journal that are followed before the rings are looked at again.
  package static let framesPerEventStep = 64
  /// Milliseconds between two looks for files to delete.
  package static let eventRetentionMilliseconds: UInt64 = 3_600_000
  /// Bytes that a follower of the event log takes at a time: the largest block fits, and what is
  /// read is soon forgotten again.
  package static let followedBytes = 5 << 20
}
