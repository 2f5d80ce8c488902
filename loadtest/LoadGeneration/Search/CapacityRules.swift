/// When a rate holds.
package struct CapacityRules: Equatable, Sendable {
  /// The percentile that is bounded.
  package var percentile: Double
  /// The most latency at it, in nanoseconds.
  package var nanoseconds: UInt64
  /// The most share of requests that fail.
  package var errorShare: Double

  /// Rules.
  package init(percentile: Double = 99, nanoseconds: UInt64, errorShare: Double) {
    self.percentile = percentile
    self.nanoseconds = nanoseconds
    self.errorShare = errorShare
  }

  /// Why a rate does not hold, in a few words; nil where it does.
  package func reason(_ result: RunResult) -> String? {
    let recorder = result.recorder
    let thresholds: [Threshold] = [
      .errors(errorShare), .latency(percentile: percentile, nanoseconds: nanoseconds),
    ]
    if let doubt = result.doubts.first, recorder.lateness.valueAtPercentile(99) > nanoseconds / 2 {
      return doubt
    }
    if let broken = thresholds.lazy.compactMap({ $0.sentence(result) }).first { return broken }
    guard Double(recorder.sent) >= 0.99 * Double(recorder.planned) else {
      return "only \(Quantity.grouped(recorder.sent)) of \(Quantity.grouped(recorder.planned)) "
        + "requests were sent"
    }
    return nil
  }
}
