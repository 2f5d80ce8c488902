/// A file in a source's folder.
struct InboxEntry: Equatable, Sendable {
  /// Its name, without folders.
  let name: String
  /// Its length in bytes.
  let size: Int
  /// When its content last changed, nanoseconds since 1970.
  let modifiedNanoseconds: Int64
  /// Its number in the file system.
  let inode: UInt64
  /// When a scan first saw it, in milliseconds of the inbox's clock.
  let firstSeenMilliseconds: Int64

  /// Whether nothing was written to it since another look at it.
  func isUnchanged(since other: InboxEntry) -> Bool {
    name == other.name && size == other.size && inode == other.inode
      && modifiedNanoseconds == other.modifiedNanoseconds
  }

  /// Whether the name is that of a manifest.
  var isManifest: Bool { name.lowercased().hasSuffix(".info") }
}
