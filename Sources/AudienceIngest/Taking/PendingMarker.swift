import AuctionTypes

/// What tells a file that a crash left in the inbox after it was applied from a replay: a small
/// file `.<name>.pending` beside it, written before the commit and removed after the move.
///
/// It holds the file's digest and the report as far as it was known before the commit, so that a
/// restart can write what the crash lost.
struct PendingMarker: Equatable, Sendable {
  /// The SHA-256 of the file as delivered, in lower-case hexadecimal.
  var digest: String
  /// The report; its generation is the one before the commit.
  var report: IngestReport

  /// The marker's name beside a file, or nil for a name too long to be taken in.
  static func name(of file: String) -> String? {
    file.utf8.count <= IngestLimits.fileNameBytes ? ".\(file).pending" : nil
  }

  /// The file that a marker's name belongs to, or nil for other names.
  static func file(of name: String) -> String? {
    guard name.hasPrefix("."), name.hasSuffix(".pending") else { return nil }
    return String(name.dropFirst().dropLast(8))
  }

  var encoded: [UInt8] {
    Array("\(digest) \(report.started.milliseconds)\n\(report.json)".utf8)
  }

  init(digest: String, report: IngestReport) {
    self.digest = digest
    self.report = report
  }

  /// Reads a marker; nil for one that a crash cut.
  init?(_ bytes: [UInt8]) {
    guard let newline = bytes.firstIndex(of: 0x0A),
      var report = IngestReport(json: Array(bytes[(newline + 1)...]))
    else { return nil }
    let head = String(decoding: bytes[..<newline], as: UTF8.self).split(separator: " ")
    guard head.count == 2, let started = Int64(head[1]), started >= 0 else { return nil }
    report.started = WallTime(milliseconds: started)
    digest = String(head[0])
    self.report = report
  }
}
