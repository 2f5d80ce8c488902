/// The maxima of this target and their reasons.
package enum Limits {
  /// The longest id. RampIDs have 70 bytes, UID2 tokens about 200; hashing this many costs 1 µs.
  package static let maxIDBytes = 1024

  /// The most segments there can be: bits of each worker's scratch bitmap, 128 KiB.
  package static let maxSegments = 1 << 20

  /// The segments of one user that a scratch lists; more are held as bits alone.
  package static let listedSegments = 1 << 15

  /// The layers of a view. Each one costs a lookup a bucket; compaction keeps them at about five.
  package static let maxLayers = 8

  /// The layers over the base that are left alone; one more and they are merged.
  static let upperLayers = 4

  /// The bytes of records between two entries of the block index: one page.
  static let recordBlockBytes = 4096

  /// The lines that a batch holds in memory before it sorts them into a file, in bytes.
  package static let stageMemoryBytes = 64 << 20

  /// The sorted files of one batch: together some 300 million lines.
  static let stageRuns = 1024

  /// The applied files that are remembered to recognise replays; the oldest are forgotten first.
  /// The manifest is rewritten with every change, so that they cost about 3 MB each time.
  package static let appliedFiles = 1 << 14

  /// The longest manifest that is read.
  static let manifestBytes = 64 << 20

  /// The longest file of segment names that is read: names of 100 bytes for all segments.
  static let registryBytes = 128 << 20
}
