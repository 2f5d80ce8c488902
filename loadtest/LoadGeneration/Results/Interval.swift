import Histogram

/// A part of the time of a run.
package struct Interval: Sendable {
  /// Requests written in it.
  package var sent: UInt64 = 0
  /// Answers that ended in it.
  package var answered: UInt64 = 0
  /// Requests planned in it, by what became of them.
  package private(set) var outcomes = [UInt64](repeating: 0, count: Outcome.allCases.count)
  /// The latencies of the requests planned in it, with two significant digits.
  package private(set) var latency = Histogram<UInt32>(
    lowestDiscernibleValue: 1024, highestTrackableValue: LoadLimits.latencyNanoseconds,
    numberOfSignificantValueDigits: .two)
  /// The generator's own worst lateness in it, in nanoseconds.
  package var lateness: UInt64 = 0

  /// Requests planned in it that ended badly.
  package var errors: UInt64 {
    Outcome.allCases.reduce(0) { $0 + ($1.isGood ? 0 : outcomes[$1.rawValue]) }
  }

  /// The share of the latencies that are at most this, in nanoseconds.
  package func latency(percentile: Double) -> UInt64 { latency.valueAtPercentile(percentile) }

  mutating func take(_ outcome: Outcome, latency nanoseconds: UInt64) {
    outcomes[outcome.rawValue] += 1
    latency.record(min(nanoseconds, LoadLimits.latencyNanoseconds))
  }

  mutating func add(_ other: Interval) {
    sent += other.sent
    answered += other.answered
    for index in outcomes.indices { outcomes[index] += other.outcomes[index] }
    latency.add(other.latency)
    lateness = max(lateness, other.lateness)
  }
}
