/// A result as files for other tools.
package enum DataFiles {
  /// The latencies by percentile in milliseconds, as HdrHistogram's plotters read them.
  package static func histogram(_ times: Recorder.Times) -> String {
    var text = ""
    times.outputPercentileDistribution(
      to: &text, outputValueUnitScalingRatio: 1e6, percentileTicksPerHalfDistance: 5)
    return text
  }

  /// The series over time, a line an interval; times in microseconds.
  package static func series(_ result: RunResult) -> String {
    let names = Outcome.allCases.map { $0.name.replacing("-", with: "_") }
    var lines = [
      (["second", "sent", "answered"] + names
        + ["p50_us", "p90_us", "p99_us", "p999_us", "max_us", "lateness_us", "target_processors"])
        .joined(separator: ",")
    ]
    let length = Double(result.plan.intervalNanoseconds) / 1e9
    for (index, interval) in result.recorder.intervals.enumerated() {
      let end = Double(index + 1) * length
      let sample = result.targetSamples.first { abs($0.seconds - end) < length / 2 }
      let times = [50, 90, 99, 99.9, 100].map { percentile in
        interval.latency.totalCount == 0
          ? "" : Quantity.fixed(Double(interval.latency(percentile: percentile)) / 1e3, 1)
      }
      let cells =
        [Quantity.fixed(Double(index) * length, 0), "\(interval.sent)", "\(interval.answered)"]
        + interval.outcomes.map { "\($0)" } + times
        + [
          Quantity.fixed(Double(interval.lateness) / 1e3, 1),
          sample.map { Quantity.fixed($0.processors, 3) } ?? "",
        ]
      lines.append(cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
