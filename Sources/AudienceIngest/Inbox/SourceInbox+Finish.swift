import AuctionTypes
import LinuxIO

extension SourceInbox {
  /// A report of a file as far as it is known before its lines are read.
  func report(
    _ file: String, _ status: IngestReport.Status, reason: String? = nil, started: WallTime
  ) -> IngestReport {
    IngestReport(
      file: file, source: source.name, format: source.format, status: status, reason: reason,
      started: started, finished: started, generation: store.generation)
  }

  /// Ends the life of a file that leaves no trace.
  func finish(
    _ file: String, rejection: FileRejection, _ started: WallTime, tally: LineTally? = nil
  ) throws {
    var report = report(file, .rejected, reason: rejection.description, started: started)
    report.lines = tally?.counts.withoutEffect ?? LineCounts()
    report.errors = tally?.errors ?? []
    try finish(report)
  }

  /// Writes a report, moves its file beside it, and counts its lines.
  func finish(_ report: IngestReport) throws {
    var report = report
    report.finished = settings.now()
    try folder.write(report.json, of: report.file, report.status)
    try onStep(.reported)
    try folder.move(report.file, report.status)
    try onStep(.moved)
    if let marker = PendingMarker.name(of: report.file) { try folder.inbox.remove(marker) }
    counters.add(report.lines, source: source.name)
    settings.onReport(report)
  }

  /// Brings a file to its end that was applied before a crash: writes its report and moves it.
  ///
  /// - Returns: false for a file that has still to be taken in.
  func recover(_ entry: InboxEntry) throws -> Bool {
    guard let name = PendingMarker.name(of: entry.name) else { return false }
    let marker = folder.inbox.path(of: name)
    guard try FileStatus.ofEntry(marker) != nil else { return false }
    let bytes = try File.contents(of: marker, limit: IngestLimits.reportBytes)
    guard let pending = PendingMarker(bytes), let digest = try? UploadDigest(of: path(of: entry)),
      digest.sha256 == pending.digest
    else { return false }
    let identity = UploadIdentity(
      source: source.name, file: entry.name, digest: digest.sha256)
    guard let effect = store.effect(of: identity),
      effect.generation > pending.report.generation
    else { return false }
    try publish()
    var report = pending.report
    report.take(effect)
    try finish(report)
    return true
  }

  /// Where a file of the inbox is.
  func path(of entry: InboxEntry) -> String { folder.inbox.path(of: entry.name) }
}

extension IngestReport {
  /// Takes over what a commit changed.
  mutating func take(_ effect: UploadEffect) {
    memberships = effect.memberships
    users = effect.users
    generation = effect.generation
  }
}
