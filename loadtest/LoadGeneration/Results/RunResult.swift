/// What a run came to.
package struct RunResult: Sendable {
  /// What was run.
  package let plan: LoadPlan
  /// What was counted.
  package let recorder: Recorder
  /// Nanoseconds that were measured: less than planned where the run was stopped.
  package let measuredNanoseconds: UInt64
  /// When the run began, in milliseconds since 1970.
  package let startedMilliseconds: Int64
  /// The share of a processor that each thread of the generator used.
  package let generatorProcessors: [Double]
  /// Processor time of the target while it was measured.
  package let targetNanoseconds: UInt64?
  /// Processors and memory of the target over time.
  package let targetSamples: [TargetSample]
  /// Whether it was stopped before its end.
  package let wasStopped: Bool

  /// Seconds that were measured.
  package var seconds: Double { max(1e-9, Double(measuredNanoseconds) / 1e9) }
  /// Requests a second that were to be sent.
  package var plannedRate: Double { Double(recorder.planned) / seconds }
  /// Requests a second that were written.
  package var sentRate: Double { Double(recorder.sent) / seconds }
  /// Answers a second.
  package var answeredRate: Double { Double(recorder.answered) / seconds }
  /// Answers in good order within the deadline, a second.
  package var goodput: Double { Double(recorder.inTime) / seconds }
  /// The share of planned requests that ended badly.
  package var errorShare: Double { share(recorder.errors, of: recorder.planned) }
  /// The share of written requests that had no answer by the deadline, from the write.
  package var lateShare: Double { share(recorder.lateFromWrite, of: recorder.sent) }
  /// Nanoseconds of the target's processor time for one answer.
  package var targetNanosecondsPerAnswer: Double? {
    guard let targetNanoseconds, recorder.answered > 0 else { return nil }
    return Double(targetNanoseconds) / Double(recorder.answered)
  }

  /// Why the figures are those of the generator rather than of the target; empty where they are
  /// the target's.
  package var doubts: [String] {
    guard !plan.arrivals.isClosed else { return [] }
    var doubts: [String] = []
    let late = recorder.lateness.valueAtPercentile(99)
    let latency = recorder.latency.valueAtPercentile(99)
    if late > LoadLimits.tolerableLateness, late > latency / 10 {
      doubts.append(
        "the generator itself wrote \(Quantity.text(nanoseconds: late)) late (p99), which is more "
          + "than a tenth of the p99 latency")
    }
    let busiest = plan.isSpinning ? 0 : generatorProcessors.max() ?? 0
    if busiest > LoadLimits.tolerableShare {
      doubts.append(
        "a thread of the generator was busy \(Int((busiest * 100).rounded())) % of the time: "
          + "use more --threads, or more machines")
    }
    return doubts
  }

  private func share(_ part: UInt64, of whole: UInt64) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
