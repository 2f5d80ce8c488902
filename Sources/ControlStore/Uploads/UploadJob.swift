import AuctionTypes

/// An audience file on its way into the index, and what became of it.
package struct UploadJob: Sendable, Equatable {
  /// How far it is, as far as it must last.
  package enum State: String, Sendable, CaseIterable {
    /// Its bytes come in, or may be resumed.
    case receiving
    /// It is complete in the inbox.
    case queued
    /// It was taken in; bids show it.
    case done
    /// It was refused; it left no trace but its report.
    case rejected
    /// It never became a file of the inbox, or was removed from it.
    case failed

    /// Whether it may still change.
    package var isOpen: Bool { self == .receiving || self == .queued }
  }

  /// Names the job; drawn at random.
  package var id: String
  /// The source's name.
  package var source: String
  /// The file's name in the inbox.
  package var file: String
  package var state: State
  /// The file's length; nil until it is known.
  package var bytes: Int?
  /// Bytes that are on the disk.
  package var receivedBytes = 0
  /// Of the whole file, in lower-case hexadecimal; nil until it is known.
  package var sha256: String?
  /// When its first byte came, or when it was first seen in the inbox.
  package var created: WallTime
  /// When it last changed.
  package var updated: WallTime
  /// The name of the key that sent it; nil for a file that was dropped into the inbox.
  package var createdBy: String?
  /// Why it was rejected or failed, or `replay`, `stale`.
  package var reason: String?
  /// When its report was finished.
  package var finished: WallTime?
  /// The inbox's report, as JSON.
  package var report: String?

  package init(
    id: String, source: String, file: String, state: State, created: WallTime,
    createdBy: String? = nil
  ) {
    self.id = id
    self.source = source
    self.file = file
    self.state = state
    self.created = created
    updated = created
    self.createdBy = createdBy
  }
}
