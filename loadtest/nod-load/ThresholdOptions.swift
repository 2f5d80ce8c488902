import ArgumentParser
import LoadGeneration

/// Bounds whose breach is exit code 1.
struct ThresholdOptions: ParsableArguments {
  @Option(help: "The most p50 latency, from the planned time.")
  var maxP50: TimeValue?

  @Option(help: "The most p90 latency.")
  var maxP90: TimeValue?

  @Option(help: "The most p99 latency.")
  var maxP99: TimeValue?

  @Option(help: "The most p99.9 latency.")
  var maxP999: TimeValue?

  @Option(help: "The most share of planned requests that fail, such as 0.1%.")
  var maxErrors: ShareValue?

  @Option(help: "The most share of requests sent that are answered late, from their write.")
  var maxLate: ShareValue?

  @Option(help: "The least answers a second.")
  var minRate: RateValue?

  @Option(help: "The least answers within the deadline, a second.")
  var minGoodput: RateValue?

  @Option(help: "The most that the generator itself is late (p99).")
  var maxLateness: TimeValue?

  /// The bounds that were given.
  var thresholds: [Threshold] {
    let latencies: [(Double, TimeValue?)] = [
      (50, maxP50), (90, maxP90), (99, maxP99), (99.9, maxP999),
    ]
    var thresholds: [Threshold] = latencies.compactMap { percentile, most in
      most.map { .latency(percentile: percentile, nanoseconds: $0.nanoseconds) }
    }
    if let maxErrors { thresholds.append(.errors(maxErrors.share)) }
    if let maxLate { thresholds.append(.late(maxLate.share)) }
    if let minRate { thresholds.append(.rate(minRate.perSecond)) }
    if let minGoodput { thresholds.append(.goodput(minGoodput.perSecond)) }
    if let maxLateness { thresholds.append(.lateness(maxLateness.nanoseconds)) }
    return thresholds
  }
}
