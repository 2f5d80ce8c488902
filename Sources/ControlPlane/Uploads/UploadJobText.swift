import AuctionTypes
import AudienceIngest
import ControlStore
import Foundation

/// A job as it is shown: what is kept of it with what is going on now.
struct ShownJob: Sendable {
  /// Beside the states of the store, `reading`: the file is on its way into the index.
  enum State: String, CaseIterable, Sendable {
    case receiving, queued, reading, done, rejected, failed

    /// The state that is kept.
    var stored: UploadJob.State {
      self == .reading ? .queued : UploadJob.State(rawValue: rawValue) ?? .queued
    }
  }

  var job: UploadJob
  var state: State
  /// Bytes that were read on the way into the index.
  var readBytes: Int
}

extension UploadDesk {
  /// A job with what is going on now.
  func show(_ job: UploadJob) -> ShownJob {
    var shown = ShownJob(
      job: job, state: ShownJob.State(rawValue: job.state.rawValue) ?? .queued, readBytes: 0)
    switch job.state {
    case .receiving:
      let ticket = active[UploadName(source: job.source, file: job.file)]
      if ticket?.job?.id == job.id, let partial = ticket?.partial {
        shown.job.receivedBytes = partial.count
      }
    case .queued:
      guard let reading = port.reading(), reading.source == job.source, reading.file == job.file
      else { break }
      shown.state = .reading
      shown.readBytes = min(reading.readBytes, job.bytes ?? .max)
    case .done: shown.readBytes = job.bytes ?? 0
    case .rejected, .failed: break
    }
    return shown
  }
}

/// Jobs as JSON.
enum UploadJobText {
  /// A job with its report.
  ///
  /// - Parameter isWhole: whether the reader may see who sent the file and the lines in error,
  ///   which hold ids of users.
  static func json(of shown: ShownJob, isWhole: Bool) -> String {
    var shown = shown
    if !isWhole { shown.job.createdBy = nil }
    let members = (try? JSONResponse.encoder.encode(Members(shown))) ?? Data("{}".utf8)
    var report = shown.job.report?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "null"
    if !isWhole { report = withoutLines(report) }
    return String(decoding: members.dropLast(), as: UTF8.self) + ",\"report\":\(report)}"
  }

  /// A report whose lines in error are left out.
  private static func withoutLines(_ report: String) -> String {
    guard var value = try? JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any]
    else { return "null" }
    value["errors"] = [Any]()
    let text = try? JSONSerialization.data(
      withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
    return text.map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  private struct Members: Encodable {
    let shown: ShownJob

    init(_ shown: ShownJob) { self.shown = shown }

    private enum CodingKeys: String, CodingKey {
      case id, source, file, state, bytes, sha256, reason
      case receivedBytes = "received_bytes"
      case readBytes = "read_bytes"
      case createdAt = "created_at"
      case updatedAt = "updated_at"
      case createdBy = "created_by"
    }

    func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(shown.job.id, forKey: .id)
      try values.encode(shown.job.source, forKey: .source)
      try values.encode(shown.job.file, forKey: .file)
      try values.encode(shown.state.rawValue, forKey: .state)
      try values.encode(shown.job.bytes, forKey: .bytes)
      try values.encode(shown.job.receivedBytes, forKey: .receivedBytes)
      try values.encode(shown.readBytes, forKey: .readBytes)
      try values.encode(shown.job.sha256, forKey: .sha256)
      try values.encode(shown.job.created.rfc3339, forKey: .createdAt)
      try values.encode(shown.job.updated.rfc3339, forKey: .updatedAt)
      try values.encode(shown.job.createdBy, forKey: .createdBy)
      try values.encode(shown.job.reason, forKey: .reason)
    }
  }
}
