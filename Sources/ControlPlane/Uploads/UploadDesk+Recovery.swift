import AuctionTypes
import AudienceIngest
import ControlStore
import LinuxIO

/// What an earlier run left behind.
extension UploadDesk {
  /// Gives jobs to the files that were judged while nobody took notes; the newest reports only.
  ///
  /// - Complexity: O(entries of `done` and `rejected`).
  func recover(_ source: String) throws {
    let known = try jobs.newestReport(source: source)
    var reports: [(path: String, modified: Int64)] = []
    for outcome in ["done", "rejected"] {
      let folder = folder(source).directory(outcome)
      guard try FileStatus.of(folder.path) != nil else { continue }
      for name in try folder.list() where name.hasSuffix(".report.json") {
        guard let status = try FileStatus.ofEntry(folder.path(of: name)), status.isRegular else {
          continue
        }
        let modified = status.modifiedNanoseconds / 1_000_000
        if let known, modified + Self.clockMilliseconds < known.milliseconds { continue }
        reports.append((folder.path(of: name), modified))
      }
    }
    let newest = reports.sorted { $0.modified < $1.modified }.suffix(port.limits.reportsOfSource)
    for report in newest { try recover(report.path, source) }
  }

  /// How far the times of files and those in reports may be apart, in milliseconds.
  private static let clockMilliseconds: Int64 = 60_000

  private func recover(_ path: String, _ source: String) throws {
    guard let bytes = try? File.contents(of: path, limit: IngestLimits.reportBytes),
      let note = IngestNote(json: bytes), note.source == source
    else { return }
    try complete(note)
  }

  /// Removes files that nobody goes on with.
  func sweepPartials(_ now: WallTime) throws {
    var bytes: [String?: Int] = [:]
    for source in port.sources {
      let folder = folder(source.name)
      guard try FileStatus.of(folder.path) != nil else { continue }
      // Listed before the jobs are read: a file that comes after has a job that is not in `kept`.
      let names = try folder.list().filter(PartialFile.isPartial)
      let kept = try partials(of: source.name, now)
      for name in names {
        guard kept.contains(name) else {
          try folder.remove(name)
          continue
        }
        let size = try FileStatus.ofEntry(folder.path(of: name))?.size ?? 0
        bytes[source.advertiser, default: 0] += size
      }
    }
    active.setPartialBytes(bytes)
  }

  /// The partials of a source that stay; the jobs of the others are ended.
  private func partials(of source: String, _ now: WallTime) throws -> Set<String> {
    var kept: Set<String> = []
    for job in try jobs.open(source: source) {
      guard job.state == .receiving else {
        kept.formUnion(PartialFile.names(of: job))
        continue
      }
      let name = PartialFile.name(file: job.file, sha256: job.sha256, job: job.id)
      let isActive = active[UploadName(source: source, file: job.file)] != nil
      let age = now.milliseconds - job.updated.milliseconds
      if isActive || (job.sha256 != nil && age < port.limits.partialMilliseconds) {
        kept.insert(name)
      } else if job.sha256 != nil {
        try fail(job, because: "nothing came for a day")
      }
    }
    return kept
  }
}
