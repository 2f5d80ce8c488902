/// A bound that a result must keep.
package enum Threshold: Equatable, Sendable {
  /// The latency from the planned time at a percentile is at most so many nanoseconds.
  case latency(percentile: Double, nanoseconds: UInt64)
  /// At most this share of the planned requests ends badly.
  case errors(Double)
  /// At most this share of the written requests is answered past the deadline, from the write.
  case late(Double)
  /// At least so many answers a second.
  case rate(Double)
  /// At least so many answers in good order within the deadline, a second.
  case goodput(Double)
  /// The generator's own lateness (p99) is at most so many nanoseconds.
  case lateness(UInt64)

  /// What a result broke, as a sentence; nil where it kept the bound.
  package func sentence(_ result: RunResult) -> String? {
    let recorder = result.recorder
    switch self {
    case .latency(let percentile, let most):
      let value = recorder.latency.valueAtPercentile(percentile)
      guard recorder.latency.totalCount > 0 else { return "no request has a latency" }
      return sentence(
        value > most, "the p\(Self.name(percentile)) latency is \(time(value))",
        "the most is \(time(most))")
    case .errors(let most):
      guard recorder.planned > 0 else { return "no request was measured" }
      return sentence(
        result.errorShare > most, "\(Quantity.percent(result.errorShare)) of the requests failed",
        "the most is \(Quantity.percent(most))")
    case .late(let most):
      guard recorder.sent > 0 else { return "no request was sent" }
      return sentence(
        result.lateShare > most,
        "\(Quantity.percent(result.lateShare)) of the requests sent were answered late",
        "the most is \(Quantity.percent(most))")
    case .rate(let least):
      return sentence(
        result.answeredRate < least,
        "\(Quantity.grouped(result.answeredRate)) requests a second were answered",
        "the least is \(Quantity.grouped(least))")
    case .goodput(let least):
      return sentence(
        result.goodput < least,
        "\(Quantity.grouped(result.goodput)) requests a second were answered in time",
        "the least is \(Quantity.grouped(least))")
    case .lateness(let most):
      let value = recorder.lateness.valueAtPercentile(99)
      return sentence(
        value > most, "the generator itself was \(time(value)) late (p99)",
        "the most is \(time(most))")
    }
  }

  private func sentence(_ isBroken: Bool, _ what: String, _ bound: String) -> String? {
    isBroken ? "\(what); \(bound)" : nil
  }

  private func time(_ nanoseconds: UInt64) -> String { Quantity.text(nanoseconds: nanoseconds) }

  private static func name(_ percentile: Double) -> String {
    percentile == percentile.rounded() ? "\(Int(percentile))" : "\(percentile)"
  }
}
