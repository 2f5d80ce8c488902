import Foundation

/// What the quickstart prints.
struct Summary {
  let requests: Int
  let outcome: Traffic.Outcome
  let reports: [AudienceDrop.Report]
  let metrics: Metrics

  /// Prints it.
  func show() throws {
    Page.line("\n  audience files")
    for report in reports {
      row(
        report.source + "/" + report.file,
        "\(grouped(report.lines.stored)) of \(grouped(report.lines.received)) lines")
    }
    Page.line("\n  audience")
    row("users", grouped(try metrics.value("nod_audience_users")))
    row("memberships", grouped(try metrics.value("nod_audience_memberships")))
    row("bytes", grouped(try metrics.value("nod_audience_bytes")))
    Page.line("\n  bid requests, each once")
    row("requests", grouped(requests))
    row("bids", grouped(outcome.bids))
    row("no-bids", grouped(requests - outcome.bids))
    for (reason, count) in outcome.noBids.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      row("  " + reason, grouped(count))
    }
    Page.line(
      "\n  latency of \(grouped(outcome.latencies.count)) more, over \(Traffic.connections)"
        + " connections, loopback included")
    row("p50", "\(outcome.microseconds(percentile: 50)) µs")
    row("p99", "\(outcome.microseconds(percentile: 99)) µs")
    Page.line("")
  }

  private func row(_ label: String, _ value: String) {
    let dots = String(repeating: ".", count: max(2, 62 - label.count - value.count))
    Page.line("    \(label) \(dots) \(value)")
  }

  private func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.indices.reduce(into: "") { text, index in
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digits[index])
    }
  }
}

/// Standard output, without a buffer: a reader of a pipe sees each line at once.
enum Page {
  /// Writes a line.
  static func line(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
  }
}
