import AuctionTypes
import LinuxIO

extension SourceInbox {
  /// What the files in `done` are to a manifest.
  enum ManifestVerdict: Equatable {
    /// All are there and as it says.
    case matches
    /// One differs, or was rejected.
    case differs(FileRejection)
    /// One is not there, or differs but may still come again under its name.
    case waits(for: String)
  }

  /// Takes in each file alone; a manifest that is there is enforced, one whose files were taken in
  /// before is checked against them.
  func takeSingles(_ parts: [UploadPart], _ manifests: [LoadedManifest]) throws {
    var postponed: Set<String> = []
    for part in parts {
      if settings.isStopping() { return }
      if try takeSingle(part, manifests) == .postponed { postponed.insert(part.entry.name) }
    }
    for loaded in manifests {
      if settings.isStopping() { return }
      let waits = postponed.contains { loaded.manifest.entry(for: $0) != nil }
      if !waits { try judge(loaded) }
    }
  }

  private func takeSingle(_ part: UploadPart, _ manifests: [LoadedManifest]) throws -> Outcome {
    for loaded in manifests {
      guard let entry = loaded.manifest.entry(for: part.entry.name) else { continue }
      var listed = part
      listed.expected = entry
      let outcome = try takeIn([listed])
      if outcome == .done { verifiedParts[loaded.entry.name, default: []].insert(entry.name) }
      return outcome
    }
    let claimant = manifests.first {
      Manifest.claims(manifest: $0.entry.name, file: part.entry.name)
    }
    guard let claimant else { return try takeIn([part]) }
    let rejection = FileRejection.manifest(
      "\(claimant.entry.name) does not list \(part.entry.name)")
    try finish(part.entry.name, rejection: rejection, settings.now())
    return .rejected(rejection)
  }

  /// Ends the life of a manifest whose files are all in `done` or `rejected`, or overdue.
  private func judge(_ loaded: LoadedManifest) throws {
    switch try judgeAgainstDone(loaded) {
    case .matches: try finish(loaded, .done)
    case .differs(let rejection): try finish(loaded, .rejected(rejection))
    case .waits(let name):
      guard isOverdue([loaded.entry]) else { return }
      try finish(loaded, .rejected(.manifest("\(name) did not come in time")))
    }
  }

  /// Holds the files in `done` against a manifest.
  ///
  /// - Complexity: O(bytes) of the files that were not held against it when they were taken in.
  func judgeAgainstDone(_ loaded: LoadedManifest) throws -> ManifestVerdict {
    var waiting: String?
    let verified = verifiedParts[loaded.entry.name] ?? []
    for entry in loaded.manifest.files where !verified.contains(entry.name) {
      guard let name = try name(of: entry, in: folder.done, loaded.manifest) else {
        if let rejected = try self.name(of: entry, in: folder.rejected, loaded.manifest) {
          return .differs(.manifest("\(rejected) was rejected"))
        }
        waiting = waiting ?? entry.name
        continue
      }
      if let difference = try difference(folder.done.path(of: name), entry) {
        guard Self.isUnique(name) else { return .waits(for: entry.name) }
        return .differs(difference)
      }
    }
    return waiting.map { .waits(for: $0) } ?? .matches
  }

  /// Whether a name is never used again, because it holds a timestamp.
  private static func isUnique(_ name: String) -> Bool {
    (try? AdobeFileName(name))?.timestampMilliseconds != nil
  }

  /// The name under which a folder has the file of an entry.
  private func name(
    of entry: Manifest.Entry, in directory: Directory, _ manifest: Manifest
  ) throws -> String? {
    if try FileStatus.ofEntry(directory.path(of: entry.name)) != nil { return entry.name }
    return try directory.list().first { manifest.entry(for: $0)?.name == entry.name }
  }

  private func difference(
    _ path: String, _ entry: Manifest.Entry
  ) throws -> FileRejection? {
    do {
      let digest = try UploadDigest(of: path)
      try entry.check(try digest.measure(of: path, md5: entry.md5))
      return nil
    } catch let rejection as FileRejection {
      return rejection
    }
  }
}
