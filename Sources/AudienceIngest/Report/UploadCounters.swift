import FixedMemory

/// Lines of uploads by source and what became of them, and bytes received, since the process
/// started: `nod_upload_lines_total{source,result}`, `nod_upload_received_bytes_total{source}`.
///
/// One thread ingests and counts; any thread reads.
package final class UploadCounters: Sendable {
  /// What became of a line, by the name of its count in the report.
  package enum Result: String, CaseIterable, Sendable {
    case stored, empty, malformed
    case tooLong = "too_long"
    case unknownID = "unknown_id"
    case duplicate
  }

  /// The sources' names in the order of the configuration.
  package let sources: [String]
  private let cells: AtomicArray
  private let received: AtomicArray

  package init(sources: [String]) {
    self.sources = sources
    received = AtomicArray(count: max(1, sources.count))
    cells = AtomicArray(count: max(1, sources.count * Result.allCases.count))
  }

  /// How many lines of a source had a result; 0 for an unknown source.
  package func count(source: String, result: Result) -> UInt64 {
    guard let index = index(of: source, result) else { return 0 }
    return cells.load(index)
  }

  /// Bytes of a source's files that came over HTTP.
  package func receivedBytes(source: String) -> UInt64 {
    sources.firstIndex(of: source).map { received.load($0) } ?? 0
  }

  /// Counts bytes that came over HTTP; any thread may.
  package func addReceived(_ bytes: Int, source: String) {
    guard let index = sources.firstIndex(of: source) else { return }
    received.add(UInt64(bytes), at: index)
  }

  func add(_ lines: LineCounts, source: String) {
    for result in Result.allCases {
      guard let index = index(of: source, result) else { return }
      cells.add(UInt64(Self.value(of: result, in: lines)), at: index)
    }
  }

  private func index(of source: String, _ result: Result) -> Int? {
    guard let source = sources.firstIndex(of: source),
      let result = Result.allCases.firstIndex(of: result)
    else { return nil }
    return source * Result.allCases.count + result
  }

  private static func value(of result: Result, in lines: LineCounts) -> Int {
    switch result {
    case .stored: lines.stored
    case .empty: lines.empty
    case .malformed: lines.malformed
    case .tooLong: lines.tooLong
    case .unknownID: lines.unknownID
    case .duplicate: lines.duplicate
    }
  }
}
