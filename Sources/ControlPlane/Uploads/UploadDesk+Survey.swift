import AuctionTypes
import AudienceIngest
import ControlStore
import LinuxIO

/// Holding the jobs against the files.
extension UploadDesk {
  /// Does what is due: brings jobs up to date with the reports of the inbox, removes what is too
  /// old. Meant to be called from a thread of low priority about once a second, and after each
  /// report.
  package func tend() throws {
    let now = clock()
    let isSweepDue = try turn.withLock { turn in
      if !turn.isStarted {
        for source in port.sources {
          try recover(source.name)
          try hold(source.name, against: now)
        }
        turn.isStarted = true
      }
      for note in takeNotes() { try complete(note) }
      guard now.milliseconds >= turn.nextSweep else { return false }
      turn.nextSweep = now.milliseconds + 3_600_000
      return true
    }
    guard isSweepDue else { return }
    try turn.withLock { _ in try sweepPartials(now) }
    try jobs.prune(now: now)
  }

  /// Brings the jobs of a source up to date with its folder.
  ///
  /// - Parameter always: also where they were a moment ago.
  func survey(_ source: String, always: Bool = false) throws {
    let now = clock()
    try turn.withLock { turn in
      for note in takeNotes() { try complete(note) }
      let age = now.milliseconds - turn.surveyed[source, default: .min / 2]
      guard always || age >= port.limits.surveyMilliseconds || age < 0 else { return }
      try hold(source, against: now)
      turn.surveyed[source] = now.milliseconds
    }
  }

  /// Ends the job of a report; a file that was dropped and taken at once gets its job here.
  func complete(_ note: IngestNote) throws {
    let open = try jobs.open(source: note.source)
    var job =
      open.last {
        $0.file == note.file && $0.state == .queued && $0.created <= note.finished
      }
      ?? UploadJob(
        id: Self.newID(), source: note.source, file: note.file, state: .queued,
        created: note.started)
    note.end(&job)
    if job.bytes == nil { job.bytes = try size(of: note) }
    job.receivedBytes = job.bytes ?? job.receivedBytes
    try jobs.complete(job)
  }

  private func size(of note: IngestNote) throws -> Int? {
    let folder = folder(note.source).directory(note.isDone ? "done" : "rejected")
    return try FileStatus.ofEntry(folder.path(of: note.file))?.size
  }

  /// Gives a job to each file of the folder, and to each open job what became of its file.
  private func hold(_ source: String, against now: WallTime) throws {
    var files = try complete(filesOf: source)
    for var job in try jobs.open(source: source) {
      if job.state == .queued, try placePending(job) { continue }
      let isHere = files.removeValue(forKey: job.file)
      if job.state == .receiving, try isComing(job) { continue }
      if let isHere {
        guard job.state != .queued else { continue }
        job.state = .queued
        job.bytes = isHere
        job.receivedBytes = isHere
        job.updated = now
        try jobs.save(job)
      } else if let note = try report(of: job) {
        note.end(&job)
        try jobs.complete(job)
      } else {
        // A look sees so many files: what lies behind them is not lost.
        if try FileStatus.ofEntry(folder(source).path(of: job.file)) != nil { continue }
        let isLost = job.state == .queued
        // Its content is being sent again: its file waits beside the inbox for the next look.
        if isLost, active[UploadName(source: source, file: job.file)] != nil { continue }
        try fail(
          job,
          because: isLost ? "the file was removed from the inbox" : "the upload was interrupted")
      }
    }
    let dropped = files.map { file, size in
      var job = UploadJob(
        id: Self.newID(), source: source, file: file, state: .queued, created: now)
      job.bytes = size
      job.receivedBytes = size
      return job
    }
    try jobs.save(dropped.sorted { $0.file < $1.file })
  }

  /// The files that wait in a source's folder, with their lengths.
  private func complete(filesOf source: String) throws -> [String: Int] {
    let folder = folder(source)
    guard try FileStatus.of(folder.path) != nil else { return [:] }
    var files: [String: Int] = [:]
    for name in try folder.list() where UploadFileName.isTaken(name) {
      guard let status = try FileStatus.ofEntry(folder.path(of: name)), status.isRegular else {
        continue
      }
      files[name] = status.size
      if files.count == IngestLimits.filesOfScan { break }
    }
    return files
  }

  /// Whether bytes of a job come in, or may be gone on with.
  private func isComing(_ job: UploadJob) throws -> Bool {
    if active[UploadName(source: job.source, file: job.file)] != nil { return true }
    guard job.sha256 != nil else { return false }
    let name = PartialFile.name(file: job.file, sha256: job.sha256, job: job.id)
    return try FileStatus.ofEntry(folder(job.source).path(of: name)) != nil
  }

  /// The report of a job's file that is not of an earlier one of its name.
  private func report(of job: UploadJob) throws -> IngestNote? {
    for outcome in ["done", "rejected"] {
      let folder = folder(job.source).directory(outcome)
      let path = folder.path(of: UploadFileName.reportName(of: job.file))
      guard try FileStatus.of(path)?.isRegular == true,
        let bytes = try? File.contents(of: path, limit: IngestLimits.reportBytes),
        let note = IngestNote(json: bytes), note.finished >= job.created
      else { continue }
      return note
    }
    return nil
  }
}
