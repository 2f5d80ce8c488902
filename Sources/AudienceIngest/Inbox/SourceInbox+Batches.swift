import AuctionTypes
import LinuxIO

extension SourceInbox {
  /// Takes in the batches whose manifest and parts are all there; gives up those that have been
  /// incomplete for too long.
  func takeBatches(_ parts: [UploadPart], _ manifests: [LoadedManifest]) throws {
    var unclaimed = parts
    for loaded in manifests {
      if settings.isStopping() { return }
      var members: [UploadPart] = []
      unclaimed.removeAll { part in
        guard let entry = loaded.manifest.entry(for: part.entry.name) else { return false }
        var member = part
        member.expected = entry
        members.append(member)
        return true
      }
      try takeBatch(loaded, members)
    }
    for part in unclaimed where isOverdue([part.entry]) {
      let rejection = FileRejection.manifest("none lists \(part.entry.name) in time")
      try finish(part.entry.name, rejection: rejection, settings.now())
    }
  }

  private func takeBatch(_ loaded: LoadedManifest, _ members: [UploadPart]) throws {
    let found = Set(members.compactMap { $0.expected?.name })
    let missing = loaded.manifest.files.filter { !found.contains($0.name) }
    if missing.isEmpty {
      return try finish(loaded, try takeIn(members))
    }
    if members.isEmpty, try judgeAgainstDone(loaded) == .matches {
      return try finish(loaded, .done)
    }
    guard isOverdue(members.map(\.entry) + [loaded.entry]) else { return }
    let rejection = FileRejection.manifest("\(missing[0].name) did not come in time")
    for member in members {
      try finish(member.entry.name, rejection: rejection, settings.now())
    }
    try finish(loaded, .rejected(rejection))
  }

  /// Ends the life of a manifest like that of its batch.
  func finish(_ loaded: LoadedManifest, _ outcome: Outcome) throws {
    let started = settings.now()
    switch outcome {
    case .postponed: return
    case .done: try finish(report(loaded.entry.name, .done, started: started))
    case .rejected(let rejection):
      try finish(loaded.entry.name, rejection: rejection, started)
    }
    verifiedParts[loaded.entry.name] = nil
  }

  /// Whether the newest of some files was first seen longer ago than a batch may take.
  func isOverdue(_ entries: [InboxEntry]) -> Bool {
    let newest = entries.map(\.firstSeenMilliseconds).max() ?? 0
    return settings.now().milliseconds - newest > source.batchTimeoutMilliseconds
  }
}
