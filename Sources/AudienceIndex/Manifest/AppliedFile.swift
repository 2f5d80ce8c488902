/// A file whose lines are in the index: what tells a replay, and what is older than the last
/// `full` file.
package struct AppliedFile: Equatable, Sendable {
  /// The source's name.
  package var source: String
  /// The space of its ids.
  package var idSpace: String
  /// Its name without folders.
  package var name: String
  /// The SHA-256 of its bytes in hexadecimal.
  package var digest: String
  /// The timestamp in its name, in milliseconds since 1970, if there is one.
  package var timestampMilliseconds: Int64?
  /// Whether it was a `full` file.
  package var isFull: Bool
  /// What it changed; set by the commit.
  package var counts = FileCounts()
  /// The generation that it made; set by the commit.
  package var generation: UInt64 = 0

  package init(
    source: String, idSpace: String, name: String, digest: String,
    timestampMilliseconds: Int64? = nil, isFull: Bool = false
  ) {
    self.source = source
    self.idSpace = idSpace
    self.name = name
    self.digest = digest
    self.timestampMilliseconds = timestampMilliseconds
    self.isFull = isFull
  }
}
