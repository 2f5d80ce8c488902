import ArgumentParser
import Foundation
import LoadGeneration

/// Where results go besides the table.
struct OutputOptions: ParsableArguments {
  @Option(help: "Write everything as JSON to a file; - for standard output instead of the table.")
  var json: String?

  @Option(help: "Write a page with plots, which opens without a network.")
  var html: String?

  @Option(help: "Write the series over time as CSV.")
  var csv: String?

  @Option(help: "Write latencies as HdrHistogram's text, and lateness to FILE.lateness.")
  var hgrm: String?

  @Option(help: "A name of the run for its reports.")
  var label: String?

  @Flag(help: "Show no progress.")
  var quiet = false

  /// Writes the table, and the files that were asked for.
  func write(
    _ description: RunDescription, _ result: RunResult, broken: [String]
  ) throws(LoadFailure) {
    let report: String
    do { report = try JSONReport(description, result, broken: broken).text } catch {
      throw .output("--json: \(error)")
    }
    if json == "-" {
      Terminal.lines([report])
    } else {
      Terminal.lines(TextReport.lines(description, result))
      if let json { try Self.write(report + "\n", to: json) }
    }
    if let html {
      try Self.write(HTMLReport(description, result, broken: broken).text, to: html)
    }
    if let csv { try Self.write(DataFiles.series(result), to: csv) }
    if let hgrm {
      try Self.write(DataFiles.histogram(result.recorder.latency), to: hgrm)
      try Self.write(
        DataFiles.histogram(result.recorder.lateness), to: hgrm + ".lateness")
    }
  }

  /// Writes a file as a whole.
  static func write(_ text: String, to path: String) throws(LoadFailure) {
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw .output("\(path): cannot be written: \(error.localizedDescription)")
    }
  }
}
