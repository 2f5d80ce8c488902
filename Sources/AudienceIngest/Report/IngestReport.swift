import AuctionTypes

/// What became of a file: written beside it as `<file>.report.json`.
package struct IngestReport: Equatable, Sendable {
  /// Whether the file was taken in.
  package enum Status: String, Sendable {
    case done, rejected
  }

  /// Memberships of the source that the file changed.
  package struct Memberships: Equatable, Sendable {
    package var added = 0
    package var removed = 0
    package var expired = 0

    package init(added: Int = 0, removed: Int = 0, expired: Int = 0) {
      self.added = added
      self.removed = removed
      self.expired = expired
    }
  }

  /// Users that the file named.
  package struct Users: Equatable, Sendable {
    /// Users of whom nothing was known.
    package var new = 0
    /// All users named, new ones included.
    package var touched = 0

    package init(new: Int = 0, touched: Int = 0) {
      self.new = new
      self.touched = touched
    }
  }

  /// The file's name, without folders.
  package var file: String
  /// The source's name.
  package var source: String
  package var format: UploadFormat
  package var status: Status
  /// Why it was rejected, or `replay`, `stale`; nil for a file that was applied.
  package var reason: String?
  package var lines = LineCounts()
  package var memberships = Memberships()
  package var users = Users()
  /// The first lines that were not stored as they stand.
  package var errors: [LineError] = []
  package var started: WallTime
  package var finished: WallTime
  /// The audience generation that shows the file, or the current one where nothing changed.
  package var generation: UInt64

  package init(
    file: String, source: String, format: UploadFormat, status: Status, reason: String? = nil,
    started: WallTime, finished: WallTime, generation: UInt64
  ) {
    self.file = file
    self.source = source
    self.format = format
    self.status = status
    self.reason = reason
    self.started = started
    self.finished = finished
    self.generation = generation
  }
}
