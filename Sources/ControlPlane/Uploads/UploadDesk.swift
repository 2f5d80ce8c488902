import AuctionTypes
import ControlStore
import Cryptography
import LinuxIO
import Synchronization

/// Takes audience files in over HTTP into the inbox, and knows what became of every file there.
///
/// What is shown follows the files: a complete file stands in the source's folder, a judged one has
/// its report beside it. The jobs only remember it, so that neither a crash nor a file dropped by
/// hand can make them wrong. All of its work blocks.
package final class UploadDesk: Sendable {
  let port: AudiencePort
  let jobs: UploadJobs
  let active: ActiveUploads
  let clock: @Sendable () -> WallTime
  /// Held while jobs are held against the files, and while a file changes its place.
  let turn = Mutex(Turn())
  private let notes = Mutex<[IngestNote]>([])

  struct Turn: Sendable {
    /// When each source was looked at last, in milliseconds.
    var surveyed: [String: Int64] = [:]
    var isStarted = false
    /// When partials and old jobs are next looked for, in milliseconds.
    var nextSweep: Int64 = 0
  }

  /// A desk of a database and an inbox.
  package init(
    database: ControlDatabase, port: AudiencePort,
    clock: @escaping @Sendable () -> WallTime = {
      WallTime(milliseconds: Clock.realtimeMilliseconds())
    }
  ) {
    self.port = port
    jobs = UploadJobs(database)
    active = ActiveUploads(port.limits)
    self.clock = clock
  }

  /// The folder of a source.
  func folder(_ source: String) -> Directory { Directory(port.inbox).directory(source) }

  /// The job of a content and name that needs no upload any more, if there is one.
  func known(_ request: UploadRequest, sha256: String?) throws -> UploadJob? {
    guard let sha256 else { return nil }
    try survey(request.source.name, always: true)
    return try jobs.job(
      source: request.source.name, file: request.file, sha256: sha256, in: [.queued, .done])
  }

  /// Bytes of a content and name that are on the disk already.
  func offset(source: String, file: String, sha256: String) throws -> Int {
    if let ticket = active[UploadName(source: source, file: file)],
      ticket.request.sha256 == sha256, let partial = ticket.partial
    {
      return partial.count
    }
    let name = PartialFile.name(file: file, sha256: sha256, job: "")
    return try FileStatus.ofEntry(folder(source).path(of: name))?.size ?? 0
  }

  /// Opens the file of an upload; its name is taken until the ticket is given back.
  ///
  /// - Throws: a ``ProblemDocument`` that says why not.
  func begin(_ request: UploadRequest) throws -> UploadTicket {
    let ticket = UploadTicket(request)
    try active.enter(ticket)
    do {
      try checkRoom(request, reserving: request.length ?? 0)
      try checkInbox(ticket.name)
      try open(ticket)
      return ticket
    } catch {
      active.leave(ticket)
      throw Self.problem(of: error)
    }
  }

  private func open(_ ticket: UploadTicket) throws {
    let request = ticket.request
    let folder = folder(request.source.name)
    try folder.create()
    let now = clock()
    var job =
      try resumable(request)
      ?? UploadJob(
        id: Self.newID(), source: request.source.name, file: request.file, state: .receiving,
        created: now, createdBy: request.keyName)
    let name = PartialFile.name(file: request.file, sha256: request.sha256, job: job.id)
    let stored = try FileStatus.ofEntry(folder.path(of: name))?.size ?? 0
    if let offset = request.offset, offset != stored { throw Self.otherOffset(stored) }
    if request.offset == nil { active.shrink(by: stored, of: request.source.advertiser) }
    let kept = request.offset == nil ? 0 : stored
    job.sha256 = request.sha256
    job.receivedBytes = kept
    job.bytes = request.length.map { $0 + kept }
    job.updated = now
    // Before the file is there, so that it always has a job that accounts for it.
    try jobs.save(job)
    let partial = try PartialFile(name, in: folder, resuming: request.offset != nil)
    ticket.open(partial, job)
  }

  /// The job of a file that began to come in earlier.
  private func resumable(_ request: UploadRequest) throws -> UploadJob? {
    guard let sha256 = request.sha256 else { return nil }
    return try jobs.job(
      source: request.source.name, file: request.file, sha256: sha256, in: [.receiving])
  }

  /// Writes a block of an upload.
  func write(_ bytes: [UInt8], to ticket: UploadTicket) throws {
    guard let partial = ticket.partial else { return }
    do {
      guard partial.count + bytes.count <= port.limits.fileBytes else {
        throw Self.tooLong(port.limits.fileBytes)
      }
      try checkRoom(ticket.request, reserving: bytes.count)
      let advertiser = ticket.request.source.advertiser
      try active.grow(by: bytes.count, of: advertiser)
      do {
        try partial.append(bytes)
      } catch {
        active.shrink(by: bytes.count, of: advertiser)
        throw error
      }
      port.countReceived(bytes.count, ticket.request.source.name)
    } catch {
      throw Self.problem(of: error)
    }
  }

  private func checkRoom(_ request: UploadRequest, reserving bytes: Int) throws {
    guard bytes <= port.limits.fileBytes else { throw Self.tooLong(port.limits.fileBytes) }
    guard let free = (try? FileSystem.of(port.inbox))?.availableBytes else { return }
    let held = active.partialBytes(of: request.source.advertiser) + bytes
    let reserve = port.limits.reserveBytes * (held > port.limits.smallPartialBytes ? 2 : 1)
    guard free - bytes >= reserve else { throw Self.diskFull }
  }

  private func checkInbox(_ name: UploadName) throws {
    let path = folder(name.source).path(of: name.file)
    guard try FileStatus.ofEntry(path) == nil else { throw ActiveUploads.taken(name) }
  }

  /// Notes a report, for ``tend()``; from the thread that takes files in, which does not wait.
  package func note(_ report: IngestNote) { notes.withLock { $0.append(report) } }

  /// The reports since it was asked last.
  func takeNotes() -> [IngestNote] {
    notes.withLock { notes in
      defer { notes.removeAll() }
      return notes
    }
  }

  /// A new job's id: thirteen digits of base 36, as many as 64 bits can need.
  static func newID() -> String {
    let digits = String(SecureRandom.word(), radix: 36)
    return String(repeating: "0", count: 13 - digits.count) + digits
  }
}

extension UploadDesk {
  static func otherOffset(_ offset: Int) -> ProblemDocument {
    ProblemDocument(
      .conflict, "\(offset) bytes of the file are here; go on with `Upload-Offset: \(offset)`.",
      headers: [.uploadOffset: "\(offset)"])
  }

  static func tooLong(_ limit: Int) -> ProblemDocument {
    ProblemDocument(.contentTooLarge, "A file has at most \(limit) bytes.")
  }

  static var diskFull: ProblemDocument {
    ProblemDocument(.insufficientStorage, "The disk of the inbox has no room for the file.")
  }

  /// What a client sees of an error of the disk.
  static func problem(of error: any Error) -> any Error {
    switch error {
    case let error as FileError where error.isDiskFull: diskFull
    case is PartialFile.Superseded:
      ProblemDocument(.conflict, "Another request goes on with this upload.")
    default: error
    }
  }
}
