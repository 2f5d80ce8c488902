import Foundation

/// Drops the quickstart's audience files into the inbox and waits for their reports.
struct AudienceDrop {
  /// The folder with a folder for each source.
  let files: String
  /// The bidder's inbox.
  let inbox: String

  /// What a file's report says.
  struct Report: Decodable {
    struct Lines: Decodable {
      let received: Int
      let stored: Int
    }

    let source: String
    let file: String
    let status: String
    let reason: String?
    let lines: Lines
    let generation: UInt64
  }

  /// Copies every file in the order of their names, which have times in them; before them the
  /// manifests, so that they are there when their files are seen.
  /// - Returns: the reports, one a file.
  func run(_ patience: Patience) throws -> [Report] {
    let manager = FileManager.default
    var dropped: [(source: String, file: String)] = []
    for source in try manager.contentsOfDirectory(atPath: files).sorted() {
      try manager.createDirectory(
        atPath: "\(inbox)/\(source)", withIntermediateDirectories: true)
      let names = try manager.contentsOfDirectory(atPath: "\(files)/\(source)").sorted()
      for name in names.filter({ $0.hasSuffix(".info") }) { try copy(name, of: source) }
      for name in names.filter({ !$0.hasSuffix(".info") }) {
        try copy(name, of: source)
        dropped.append((source, name))
      }
    }
    return try dropped.map { try report(of: $0.file, source: $0.source, patience) }
  }

  /// A file is complete when it appears: it is renamed into the inbox.
  private func copy(_ name: String, of source: String) throws {
    let staged = "\(inbox)/../\(name)"
    try FileManager.default.copyItem(atPath: "\(files)/\(source)/\(name)", toPath: staged)
    try FileManager.default.moveItem(atPath: staged, toPath: "\(inbox)/\(source)/\(name)")
  }

  private func report(of file: String, source: String, _ patience: Patience) throws -> Report {
    let folder = "\(inbox)/\(source)"
    var found: Report?
    try patience.wait(seconds: 20, for: "the report of \(source)/\(file)") {
      for outcome in ["done", "rejected"] where found == nil {
        let path = "\(folder)/\(outcome)/\(file).report.json"
        guard let data = FileManager.default.contents(atPath: path) else { continue }
        found = try? JSONDecoder().decode(Report.self, from: data)
      }
      return found != nil
    }
    guard let report = found, report.status == "done", report.reason == nil else {
      throw Failure(
        "\(source)/\(file): \(found?.status ?? "lost"), \(found?.reason ?? "no reason")")
    }
    return report
  }
}
