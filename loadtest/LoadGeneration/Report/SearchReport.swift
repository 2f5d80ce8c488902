import Foundation

/// The steps of a search for the highest rate, and what it found.
package struct SearchReport: Encodable, Sendable {
  /// One rate that was tried.
  struct Step: Encodable, Sendable {
    let rate, sentRate, answeredRate, goodput, errorShare: Double
    let p50, p99, p999, lateness: Double
    let targetProcessors: Double?
    /// Why it does not hold; nil where it does.
    let reason: String?

    private enum CodingKeys: String, CodingKey {
      case rate, goodput, p50, p99, p999, lateness, reason
      case sentRate = "sent_rate"
      case answeredRate = "answered_rate"
      case errorShare = "error_share"
      case targetProcessors = "target_processors"
    }
  }

  let run: RunDescription
  let percentile: Double
  let maxLatency: Double
  let maxErrors: Double
  private(set) var steps: [Step] = []
  /// The highest rate that holds, in requests a second.
  package var found: Double?

  private enum CodingKeys: String, CodingKey {
    case run, percentile, steps, found
    case maxLatency = "max_latency"
    case maxErrors = "max_errors"
  }

  /// A search that has not begun.
  package init(_ description: RunDescription, _ rules: CapacityRules) {
    run = description
    percentile = rules.percentile
    maxLatency = Double(rules.nanoseconds) / 1e3
    maxErrors = rules.errorShare
  }

  /// Adds what a rate came to.
  package mutating func add(_ rate: Double, _ result: RunResult, _ reason: String?) {
    let latency = result.recorder.latency
    func at(_ times: Recorder.Times, _ percentile: Double) -> Double {
      times.totalCount == 0 ? 0 : Double(times.valueAtPercentile(percentile)) / 1e3
    }
    steps.append(
      Step(
        rate: rate, sentRate: result.sentRate, answeredRate: result.answeredRate,
        goodput: result.goodput, errorShare: result.errorShare, p50: at(latency, 50),
        p99: at(latency, 99), p999: at(latency, 99.9), lateness: at(result.recorder.lateness, 99),
        targetProcessors: result.targetNanoseconds.map { Double($0) / 1e9 / result.seconds },
        reason: reason))
  }

  /// The newest step as a line.
  package var lastLine: String {
    guard let step = steps.last else { return "" }
    let time = Quantity.text(nanoseconds: UInt64(step.p99 * 1e3))
    return "\(Quantity.grouped(step.rate))/s: p99 \(time), "
      + (step.reason.map { "does not hold: \($0)" } ?? "holds")
  }

  /// The steps as a table, and what was found.
  package var lines: [String] {
    func time(_ microseconds: Double) -> String {
      Quantity.text(nanoseconds: UInt64(microseconds * 1e3))
    }
    var table = AlignedTable(
      ["rate", "answered", "in time", "errors", "p50", "p99", "p99.9", "lateness", "holds"])
    for step in steps {
      table.add([
        Quantity.grouped(step.rate), Quantity.grouped(step.answeredRate),
        Quantity.grouped(step.goodput), Quantity.percent(step.errorShare), time(step.p50),
        time(step.p99), time(step.p999), time(step.lateness), step.reason == nil ? "yes" : "no",
      ])
    }
    let bound =
      "p\(Quantity.fixed(percentile, percentile == percentile.rounded() ? 0 : 1)) ≤ "
      + time(maxLatency)
    let last = found.map { "\(Quantity.grouped($0)) requests a second hold \(bound)" }
    return [run.target, run.shape, ""] + table.lines + ["", last ?? "no rate holds \(bound)"]
  }

  /// Everything as one line of JSON with sorted keys; times in microseconds.
  package var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}
