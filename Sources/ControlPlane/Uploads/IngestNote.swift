import AuctionTypes
import AudienceIngest
import ControlStore
import Foundation

/// What the inbox said of a file: its report, as far as jobs need it.
package struct IngestNote: Sendable, Equatable {
  let source: String
  let file: String
  let isDone: Bool
  let reason: String?
  let started: WallTime
  let finished: WallTime
  /// The whole report.
  let json: String

  /// A report of the thread that takes files in.
  package init(_ report: IngestReport) {
    source = report.source
    file = report.file
    isDone = report.status == .done
    reason = report.reason
    started = report.started
    finished = report.finished
    json = report.json
  }

  /// A report that was read from the disk; nil for anything else.
  init?(json bytes: [UInt8]) {
    guard let report = IngestReport(json: bytes),
      let times = try? JSONDecoder().decode(Times.self, from: Data(bytes)),
      let started = Self.time(times.started), let finished = Self.time(times.finished)
    else { return nil }
    source = report.source
    file = report.file
    isDone = report.status == .done
    reason = report.reason
    self.started = started
    self.finished = finished
    json = String(decoding: bytes, as: UTF8.self)
  }

  private struct Times: Decodable {
    let started: String
    let finished: String
  }

  private static func time(_ text: String) -> WallTime? {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    guard let date = try? Date(text, strategy: style) else { return nil }
    return WallTime(milliseconds: Int64((date.timeIntervalSince1970 * 1_000).rounded()))
  }

  /// Puts what it says into a job.
  func end(_ job: inout UploadJob) {
    job.state = isDone ? .done : .rejected
    job.reason = reason
    job.finished = finished
    job.updated = finished
    job.report = json
  }
}
