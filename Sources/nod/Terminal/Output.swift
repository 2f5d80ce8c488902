import CampaignDocuments
import Foundation

/// Standard output and standard error, a line at a time; a line that nobody reads is lost.
enum Output {
  /// Writes a line to standard output.
  static func line(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
  }

  /// Writes a line to standard error.
  static func error(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  /// Whether standard output is a terminal that shows colours, and nobody asked for none.
  static var hasColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb"
      && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Writes problems to standard error, one a line.
  static func problems(_ problems: [Problem]) {
    guard !problems.isEmpty else { return }
    error(problems.map { $0.description }.joined(separator: "\n"))
  }

  /// Writes a value to standard output as one line of JSON with sorted keys.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    line(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
