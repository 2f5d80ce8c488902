/// The plots of a report.
struct ReportCharts {
  private let result: RunResult
  private let length: Double

  init(_ result: RunResult) {
    self.result = result
    length = Double(result.plan.intervalNanoseconds) / 1e9
  }

  /// All that have something to show.
  var all: [Chart] { [byPercentile, overTime, rates, outcomes, processors] }

  private var deadline: (name: String, y: Double) {
    let nanoseconds = result.plan.deadlineNanoseconds
    return ("deadline \(Self.time(Double(nanoseconds)))", Double(nanoseconds))
  }

  private static func time(_ value: Double) -> String {
    let text = Quantity.text(nanoseconds: UInt64(max(0, value)))
    return text.replacing(".0 ", with: " ").replacing(".00 ", with: " ")
  }

  private var byPercentile: Chart {
    let recorder = result.recorder
    let lines: [(String, Recorder.Times)] = [
      ("all", recorder.latency), ("bid", recorder.latency(of: [.bid])),
      ("no-bid", recorder.latency(of: [.noBid])),
      ("other", recorder.latency(of: [.refused, .failed, .timedOut, .unsent])),
      ("from the write alone", recorder.service), ("generator's lateness", recorder.lateness),
    ]
    return Chart(
      title: "Latency by percentile and outcome", xTitle: "percentile", yTitle: "time",
      xScale: .percentile, yScale: .logarithmic, format: Self.time,
      lines: lines.enumerated().map { index, line in
        Chart.Line(name: line.0, colour: index, points: Self.points(line.1))
      }, mark: deadline)
  }

  /// Points at the percentiles that enough values stand behind.
  private static func points(_ times: Recorder.Times) -> [(x: Double, y: Double)] {
    guard times.totalCount > 0 else { return [] }
    let shares = [
      0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999,
      0.99995, 0.99999, 0.999999,
    ]
    return shares.filter { (1 - $0) * Double(times.totalCount) >= 1 }.map {
      ($0, Double(times.valueAtPercentile($0 * 100)))
    }
  }

  /// The intervals that were measured; answers that came after are in the last of them.
  private var intervals: [(second: Double, interval: Interval)] {
    let count = Int((result.seconds / length).rounded(.up))
    return result.recorder.intervals.prefix(max(1, count)).enumerated().map {
      (Double($0) * length, $1)
    }
  }

  private func line(
    _ name: String, _ colour: Int, _ value: (Interval) -> Double?
  ) -> Chart.Line {
    let points = intervals.compactMap { moment in
      value(moment.interval).map { (x: moment.second, y: $0) }
    }
    return Chart.Line(name: name, colour: colour, points: points)
  }

  private var overTime: Chart {
    func at(_ percentile: Double) -> (Interval) -> Double? {
      { $0.latency.totalCount == 0 ? nil : Double($0.latency(percentile: percentile)) }
    }
    return Chart(
      title: "Latency over time", xTitle: "second in which the request was planned",
      yTitle: "time", yScale: .logarithmic, format: Self.time,
      lines: [
        line("p50", 0, at(50)), line("p90", 2, at(90)), line("p99", 1, at(99)),
        line("max", 3, at(100)),
        line("generator's worst lateness", 5) { $0.lateness > 0 ? Double($0.lateness) : nil },
      ], mark: deadline)
  }

  private var rates: Chart {
    Chart(
      title: "Rate over time", xTitle: "second", yTitle: "requests a second",
      lines: [
        line("planned", 4) { Double($0.outcomes.reduce(0, +)) / length },
        line("sent", 0) { Double($0.sent) / length },
        line("answered", 2) { Double($0.answered) / length },
      ])
  }

  private var outcomes: Chart {
    let shown = Outcome.allCases.filter { result.recorder[$0] > 0 }
    return Chart(
      title: "Outcomes over time", xTitle: "second in which the request was planned",
      yTitle: "requests a second",
      lines: shown.enumerated().map { index, outcome in
        line(outcome.name, index % 6) { Double($0.outcomes[outcome.rawValue]) / length }
      })
  }

  private var processors: Chart {
    Chart(
      title: "Processors of the target", xTitle: "second", yTitle: "processors",
      format: { Quantity.fixed($0, 2) },
      lines: [
        Chart.Line(
          name: "busy processors", colour: 0,
          points: result.targetSamples.map { ($0.seconds, $0.processors) })
      ])
  }
}
