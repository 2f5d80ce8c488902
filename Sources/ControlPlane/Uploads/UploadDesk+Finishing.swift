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
        remove(partial, ticket)
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

  /// Writes down that the file is complete, renames it, so that it is complete at once, then tells
  /// the ingest of it. Where the process ends between the two, ``placePending(_:)`` renames it.
  private func place(
    _ ticket: UploadTicket, _ partial: PartialFile, _ job: UploadJob
  ) throws -> UploadJob {
    var job = job
    try turn.withLock { _ in
      job.state = .queued
      job.updated = clock()
      try jobs.save(job, audit: entry(of: job, "create", ticket.request))
      do {
        guard try partial.folder.renameToFree(partial.name, to: job.file) else {
          throw ActiveUploads.taken(ticket.name)
        }
      } catch {
        remove(partial, ticket)
        try fail(job, because: Self.whyNotPlaced(error)) { [self] in
          entry(of: $0, "fail", ticket.request)
        }
        throw error
      }
      active.shrink(by: partial.count, of: ticket.request.source.advertiser)
      try partial.folder.sync()
    }
    port.wakeIngest()
    return job
  }

  private static func whyNotPlaced(_ error: any Error) -> String {
    error is ProblemDocument ? nameTaken : "it could not be renamed into the inbox"
  }

  private static let nameTaken = "another file of its name was dropped meanwhile"

  private func entry(
    of job: UploadJob, _ action: String, _ request: UploadRequest
  ) -> AuditEntry {
    entry(
      of: job, action, keyID: request.keyID, requestID: request.requestID,
      request.source.advertiser)
  }

  private func entry(
    of job: UploadJob, _ action: String, keyID: String, requestID: String, _ advertiser: String?
  ) -> AuditEntry {
    AuditEntry(
      time: job.updated, keyID: keyID, requestID: requestID,
      action: "audience-upload.\(action)", advertiser: advertiser,
      object: "\(job.source)/\(job.file)", before: nil,
      after: UploadJobText.json(of: show(job), isWhole: true))
  }

  /// Brings the file of a job into the inbox that was written down as complete, where an earlier
  /// run ended before its rename; false where there is no such file.
  func placePending(_ job: UploadJob) throws -> Bool {
    guard active[UploadName(source: job.source, file: job.file)] == nil else { return false }
    let folder = folder(job.source)
    let advertiser = port.sources.first { $0.name == job.source }?.advertiser
    for name in PartialFile.names(of: job) {
      guard let size = try FileStatus.ofEntry(folder.path(of: name))?.size, size == job.bytes
      else { continue }
      let isPlaced = try folder.renameToFree(name, to: job.file)
      if !isPlaced {
        try folder.remove(name)
        try fail(job, because: Self.nameTaken) { [self] in
          entry(
            of: $0, "fail", keyID: Principal.server.keyID, requestID: "",
            advertiser)
        }
      }
      try folder.sync()
      active.shrink(by: size, of: advertiser)
      if isPlaced { port.wakeIngest() }
      return true
    }
    return false
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
    if let partial = ticket.partial { remove(partial, ticket) }
    try fail(job, because: reason)
  }

  private func remove(_ partial: PartialFile, _ ticket: UploadTicket) {
    partial.remove()
    active.shrink(by: partial.count, of: ticket.request.source.advertiser)
  }

  /// Ends a job that never became a file of the inbox.
  ///
  /// - Parameter audit: what the audit log has of it, in the same transaction.
  func fail(
    _ job: UploadJob, because reason: String, audit: ((UploadJob) -> AuditEntry)? = nil
  ) throws {
    var job = job
    job.state = .failed
    job.reason = reason
    job.updated = clock()
    try jobs.save(job, audit: audit?(job))
  }
}
