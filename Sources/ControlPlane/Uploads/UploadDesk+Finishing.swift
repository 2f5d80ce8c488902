import AuctionTypes
import AudienceIngest
import ControlStore
import LinuxIO

extension UploadDesk {
  /// What the end of an upload came to.
  struct Receipt: Sendable {
    let job: UploadJob
    /// Whether the same content was there under the same name.
    let isRepeated: Bool
  }

  /// Brings a file whose bytes are all there into the inbox.
  ///
  /// - Throws: a ``ProblemDocument`` where it is empty, is not what was declared, or its name was
  ///   taken meanwhile.
  func finish(_ ticket: UploadTicket) throws -> Receipt {
    guard let partial = ticket.partial, var job = ticket.job else {
      preconditionFailure("an upload that was not opened")
    }
    defer { active.leave(ticket) }
    do {
      let sha256 = try partial.seal()
      job.bytes = partial.count
      job.receivedBytes = partial.count
      if let problem = Self.fault(ticket.request, partial.count, sha256) {
        try drop(ticket, job, because: problem.reason)
        throw problem.document
      }
      job.sha256 = sha256
      if let known = try known(ticket.request, sha256: sha256) {
        remove(partial)
        try jobs.remove(id: job.id)
        return Receipt(job: known, isRepeated: true)
      }
      return Receipt(job: try place(ticket, partial, job), isRepeated: false)
    } catch {
      throw Self.problem(of: error)
    }
  }

  private static func fault(
    _ request: UploadRequest, _ count: Int, _ sha256: String
  ) -> (reason: String, document: ProblemDocument)? {
    if count == 0 {
      return ("the body was empty", ProblemDocument(.badRequest, "The body is empty."))
    }
    guard let declared = request.sha256, declared != sha256 else { return nil }
    return (
      "the content has another SHA-256: \(sha256)",
      ProblemDocument(
        .unprocessableContent, "The content's SHA-256 is \(sha256), not \(declared).")
    )
  }

  /// Renames the file, so that it is complete at once, then tells the ingest of it.
  private func place(
    _ ticket: UploadTicket, _ partial: PartialFile, _ job: UploadJob
  ) throws -> UploadJob {
    var job = job
    try turn.withLock { _ in
      guard try partial.folder.renameToFree(partial.name, to: job.file) else {
        try drop(ticket, job, because: "another file of its name was dropped meanwhile")
        throw ActiveUploads.taken(ticket.name)
      }
      try partial.folder.sync()
      active.shrink(by: partial.count)
      job.state = .queued
      job.updated = clock()
      try jobs.save(job, audit: entry(of: job, ticket.request))
    }
    port.wakeIngest()
    return job
  }

  private func entry(of job: UploadJob, _ request: UploadRequest) -> AuditEntry {
    AuditEntry(
      time: job.updated, keyID: request.keyID, requestID: request.requestID,
      action: "audience-upload.create", advertiser: request.source.advertiser,
      object: "\(job.source)/\(job.file)", before: nil,
      after:
        UploadJobText.json(of: show(job), isWhole: true))
  }

  /// Ends an upload whose body did not come to its end: what can be gone on with stays.
  func abandon(_ ticket: UploadTicket) {
    defer { active.leave(ticket) }
    guard let partial = ticket.partial, var job = ticket.job, partial.keep() else { return }
    if ticket.request.sha256 != nil, partial.count > 0 {
      job.receivedBytes = partial.count
      job.updated = clock()
      try? jobs.save(job)
    } else {
      job.receivedBytes = partial.count
      try? drop(ticket, job, because: "the upload ended after \(partial.count) bytes")
    }
  }

  private func drop(_ ticket: UploadTicket, _ job: UploadJob, because reason: String) throws {
    if let partial = ticket.partial { remove(partial) }
    try fail(job, because: reason)
  }

  private func remove(_ partial: PartialFile) {
    partial.remove()
    active.shrink(by: partial.count)
  }

  /// Ends a job that never became a file of the inbox.
  func fail(_ job: UploadJob, because reason: String) throws {
    var job = job
    job.state = .failed
    job.reason = reason
    job.updated = clock()
    try jobs.save(job)
  }
}
