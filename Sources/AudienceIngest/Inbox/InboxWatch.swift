import LinuxIO

/// Tells which files of a folder are complete: those that were renamed after the last write to
/// them, and those that two looks in a row find unchanged.
///
/// A write sets a file's times of modification and of change alike, a rename only the latter, so a
/// file with content whose change is later than its modification was finished before it was moved
/// here. Within the same tick of the kernel's clock the two do not differ; then the second look
/// decides.
///
/// Names that begin with a dot or end in `.tmp` or `.part` belong to whoever writes them; links,
/// folders and other special files are left alone.
struct InboxWatch {
  private var seen: [String: InboxEntry] = [:]
  /// Whether the last look found a manifest that may not be complete: what it lists has to wait.
  private(set) var hasNewManifest = false

  /// Looks at a folder; returns the complete files in the order of their names.
  ///
  /// - Complexity: O(n log n) in the folder's entries.
  mutating func look(at folder: Directory, nowMilliseconds: Int64) throws -> [InboxEntry] {
    var current: [String: InboxEntry] = [:]
    var complete: [InboxEntry] = []
    hasNewManifest = false
    for name in try folder.list() where Self.isUpload(name) {
      guard let status = try FileStatus.ofEntry(folder.path(of: name)), status.isRegular else {
        continue
      }
      let earlier = seen[name]
      let entry = InboxEntry(
        name: name, size: status.size, modifiedNanoseconds: status.modifiedNanoseconds,
        inode: status.inode,
        firstSeenMilliseconds: earlier?.firstSeenMilliseconds ?? nowMilliseconds)
      current[name] = entry
      if Self.wasRenamed(status) || earlier.map(entry.isUnchanged) == true {
        complete.append(entry)
      } else if earlier == nil, entry.isManifest {
        hasNewManifest = true
      }
      if current.count == IngestLimits.filesOfScan { break }
    }
    seen = current
    return complete
  }

  private static func wasRenamed(_ status: FileStatus) -> Bool {
    status.size > 0 && status.changedNanoseconds > status.modifiedNanoseconds
  }

  /// Whether an entry's name is that of an upload.
  static func isUpload(_ name: String) -> Bool {
    let lowercased = name.lowercased()
    return !name.hasPrefix(".") && !lowercased.hasSuffix(".tmp") && !lowercased.hasSuffix(".part")
  }
}
