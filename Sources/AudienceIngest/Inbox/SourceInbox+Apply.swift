import AuctionTypes
import LinuxIO

extension SourceInbox {
  /// What became of files that were to be taken in together.
  enum Outcome: Equatable {
    /// Applied, a replay, or stale.
    case done
    case rejected(FileRejection)
    /// A file changed or went away while it was read: it was not complete after all.
    case postponed
  }

  /// Takes in files that become visible together, or ends their lives without a trace.
  ///
  /// - Throws: what is not of the files' making, and ``IngestInterrupted``.
  /// - Complexity: O(bytes).
  @discardableResult
  func takeIn(_ parts: [UploadPart]) throws -> Outcome {
    let started = settings.now()
    var tallies: [LineTally] = []
    if let first = parts.first { settings.progress?.begin(source.name, first.entry.name) }
    defer { settings.progress?.end() }
    do {
      let digests = try parts.map { try UploadDigest(of: path(of: $0.entry)) }
      let uploads = zip(parts, digests).map {
        UploadIdentity(source: source.name, file: $0.entry.name, digest: $1.sha256)
      }
      if let reason = reasonToSkip(parts, uploads) {
        try skip(parts, reason, started)
        return .done
      }
      let batch = try store.begin(request(parts, uploads, started))
      for (part, digest) in zip(parts, digests) {
        try read(part, digest, into: batch, &tallies)
      }
      guard try parts.allSatisfy(isUnchanged) else { return .postponed }
      try apply(batch, parts, uploads, tallies, started)
      return .done
    } catch let rejection as FileRejection {
      guard try parts.allSatisfy(isUnchanged) else { return .postponed }
      try reject(parts, tallies, rejection, started)
      return .rejected(rejection)
    }
  }

  /// `replay` or `stale`, or nil for files that change something.
  private func reasonToSkip(_ parts: [UploadPart], _ uploads: [UploadIdentity]) -> String? {
    if uploads.allSatisfy({ store.effect(of: $0) != nil }) { return "replay" }
    guard let newestFull = store.newestFull(source: source) else { return nil }
    let isStale = parts.allSatisfy { part in
      part.name?.timestampMilliseconds.map { $0 < newestFull } ?? false
    }
    return isStale ? "stale" : nil
  }

  /// Reports files whose lines say nothing new.
  private func skip(_ parts: [UploadPart], _ reason: String, _ started: WallTime) throws {
    let counts = try parts.map { part in
      var bytes = try FileByteSource(path: path(of: part.entry))
      return try LineTally.lineCount(of: &bytes)
    }
    for (part, count) in zip(parts, counts) {
      var report = report(part.entry.name, .done, reason: reason, started: started)
      report.lines = .repeated(count)
      try finish(report)
    }
  }

  private func request(
    _ parts: [UploadPart], _ uploads: [UploadIdentity], _ started: WallTime
  ) -> BatchRequest {
    let names = parts.compactMap(\.name)
    let isFull = !names.isEmpty && names.allSatisfy { $0.mode == .full }
    return BatchRequest(
      source: source, uploads: uploads, mode: isFull ? .full : .incremental,
      timestampMilliseconds: names.compactMap(\.timestampMilliseconds).max(),
      nowMilliseconds: started.milliseconds)
  }

  /// Stages a file's lines and holds it against the rules for whole files and its manifest.
  private func read(
    _ part: UploadPart, _ digest: UploadDigest, into batch: Store.Batch,
    _ tallies: inout [LineTally]
  ) throws {
    var tally = LineTally(errorLimit: settings.errorSamples)
    defer { tallies.append(tally) }
    batch.beginFile()
    let path = path(of: part.entry)
    settings.progress?.begin(source.name, part.entry.name)
    var bytes = try FileByteSource(path: path, progress: settings.progress)
    var sink = batch
    try tally.read(
      source.format, from: &bytes, into: &sink, isStopping: settings.isStopping)
    if let expected = part.expected {
      try expected.check(
        try digest.measure(
          of: path, decodedBytes: tally.byteCount, lines: tally.counts.received,
          md5: expected.md5))
    }
    try tally.check(maxInvalid: settings.maxInvalidPartsPerMillion)
  }

  private func isUnchanged(_ part: UploadPart) throws -> Bool {
    guard let status = try FileStatus.ofEntry(path(of: part.entry)) else { return false }
    return status.size == part.entry.size && status.inode == part.entry.inode
      && status.modifiedNanoseconds == part.entry.modifiedNanoseconds
  }

  private func apply(
    _ batch: Store.Batch, _ parts: [UploadPart], _ uploads: [UploadIdentity],
    _ tallies: [LineTally], _ started: WallTime
  ) throws {
    try onStep(.staged)
    var reports = zip(parts, tallies).map { part, tally in
      var report = report(part.entry.name, .done, started: started)
      report.lines = tally.counts
      report.errors = tally.errors
      return report
    }
    for (upload, report) in zip(uploads, reports) {
      let marker = PendingMarker(digest: upload.digest, report: report)
      guard let name = PendingMarker.name(of: upload.file) else {
        throw FileRejection.name("it is longer than \(IngestLimits.fileNameBytes) bytes")
      }
      try folder.replace(name, in: folder.inbox, with: marker.encoded)
    }
    try onStep(.marked)
    let effects = try store.commit(batch)
    try onStep(.committed)
    try publish()
    try onStep(.published)
    for index in reports.indices {
      reports[index].take(effects[index])
      try finish(reports[index])
    }
  }

  private func reject(
    _ parts: [UploadPart], _ tallies: [LineTally], _ rejection: FileRejection,
    _ started: WallTime
  ) throws {
    for (index, part) in parts.enumerated() {
      let tally = index < tallies.count ? tallies[index] : nil
      try finish(part.entry.name, rejection: rejection, started, tally: tally)
    }
  }
}
