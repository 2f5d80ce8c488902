/// What ingest needs of the place where audiences are kept.
///
/// One thread calls it.
package protocol UploadStore {
  /// What collects the rows of a batch; nothing shows before ``commit(_:)``.
  associatedtype Batch: UploadBatch

  /// The generation that bids see, raised by every commit.
  var generation: UInt64 { get }

  /// What a file changed when it was applied, or nil when it never was.
  func effect(of upload: UploadIdentity) -> UploadEffect?

  /// The timestamp of the newest `full` file applied of a source, in milliseconds.
  func newestFull(source: AudienceSource) -> Int64?

  /// Begins a batch.
  func begin(_ request: BatchRequest) throws -> Batch

  /// Makes a batch durable, all of it or nothing; returns what each of its files changed.
  func commit(_ batch: Batch) throws -> [UploadEffect]
}

/// The rows of files that become visible together.
package protocol UploadBatch: AnyObject, RowSink {
  /// Says that the lines of the next file follow.
  func beginFile()
}

/// A file that was or will be applied: source, name and bytes make a replay.
package struct UploadIdentity: Hashable, Sendable {
  /// The source's name.
  package let source: String
  /// The file's name, without folders.
  package let file: String
  /// The SHA-256 of the file as delivered, in lower-case hexadecimal.
  package let digest: String

  package init(source: String, file: String, digest: String) {
    self.source = source
    self.file = file
    self.digest = digest
  }
}

/// What a batch is.
package struct BatchRequest: Sendable {
  /// Whose feed it is of.
  package let source: AudienceSource
  /// The files in it.
  package let uploads: [UploadIdentity]
  /// What the lists mean.
  package let mode: AdobeFileName.Mode
  /// The newest timestamp in the files' names, in milliseconds, if there is one.
  package let timestampMilliseconds: Int64?
  /// When it is taken in, in milliseconds since 1970: what lifetimes count from.
  package let nowMilliseconds: Int64
}

/// What a file changed.
package struct UploadEffect: Equatable, Sendable {
  /// The generation that shows it.
  package var generation: UInt64
  package var memberships: IngestReport.Memberships
  package var users: IngestReport.Users

  package init(
    generation: UInt64, memberships: IngestReport.Memberships, users: IngestReport.Users
  ) {
    self.generation = generation
    self.memberships = memberships
    self.users = users
  }
}
