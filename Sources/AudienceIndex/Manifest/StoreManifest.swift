/// What the folder of a store holds: the one file whose replacement makes a change happen.
struct StoreManifest: Equatable, Sendable {
  static let fileName = "MANIFEST"

  /// Raised by every change.
  var generation: UInt64 = 0
  /// The number of the next file.
  var nextFile: UInt64 = 1
  /// Segment names that the layers rely on.
  var segmentCount = 0
  /// Users that have at least one membership.
  var userCount = 0
  /// Memberships of all users, ended ones that are not dropped yet included.
  var membershipCount = 0
  /// The layers' files, newest first.
  var layers: [String] = []
  /// The file of the suppressed users.
  var suppression: String?
  /// The newest `full` file of each source and id space: its timestamp in milliseconds.
  var newestFulls: [Feed: Int64] = [:]
  /// The files that were applied, oldest first.
  var applied: [AppliedFile] = []

  /// A source and one of its id spaces: what files are ordered within.
  struct Feed: Hashable, Sendable {
    var source: String
    var idSpace: String
  }

  /// Remembers a file, and forgets the oldest when there are too many.
  mutating func note(_ file: AppliedFile) {
    applied.removeAll {
      $0.source == file.source && $0.name == file.name && $0.digest == file.digest
    }
    applied.append(file)
    if applied.count > Limits.appliedFiles {
      applied.removeFirst(applied.count - Limits.appliedFiles)
    }
    guard file.isFull, let timestamp = file.timestampMilliseconds else { return }
    let feed = Feed(source: file.source, idSpace: file.idSpace)
    newestFulls[feed] = max(newestFulls[feed] ?? timestamp, timestamp)
  }
}
