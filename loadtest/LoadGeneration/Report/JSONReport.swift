import Foundation

/// A result as one JSON object: every figure of the table, and the series over time.
///
/// Times are in microseconds, rates in requests a second, shares from 0 to 1.
package struct JSONReport: Encodable {
  /// A summary of times in microseconds.
  struct Times: Encodable {
    let count: UInt64
    let min, mean, p50, p75, p90, p95, p99, p999, p9999, max: Double

    init(_ times: Recorder.Times) {
      func at(_ percentile: Double) -> Double {
        times.totalCount == 0 ? 0 : Double(times.valueAtPercentile(percentile)) / 1e3
      }
      count = times.totalCount
      min = count == 0 ? 0 : Double(times.min) / 1e3
      mean = count == 0 ? 0 : times.mean / 1e3
      p50 = at(50)
      p75 = at(75)
      p90 = at(90)
      p95 = at(95)
      p99 = at(99)
      p999 = at(99.9)
      p9999 = at(99.99)
      max = count == 0 ? 0 : Double(times.maxRecorded) / 1e3
    }
  }

  /// One interval of the series.
  struct Moment: Encodable {
    let second: Double
    let sent, answered, errors: UInt64
    let outcomes: [String: UInt64]
    let p50, p90, p99, max, lateness: Double
  }

  let run: RunDescription
  let seconds: Double
  let stopped: Bool
  let planned, sent, answered, inTime, late, lateFromWrite, errors: UInt64
  let plannedRate, sentRate, answeredRate, goodput: Double
  let errorShare, lateShare: Double
  let outcomes, statuses: [String: UInt64]
  let latency: Times
  let latencyByOutcome: [String: Times]
  let service, lateness, noticeLatency, connecting: Times
  let notices: [String: UInt64]
  let connections: [String: UInt64]
  let bytes: [String: UInt64]
  let generatorProcessors: [Double]
  let targetProcessors: Double?
  let targetMicrosecondsPerAnswer: Double?
  let target: [[String: Double]]
  let doubts, broken: [String]
  let series: [Moment]

  private enum CodingKeys: String, CodingKey {
    case run, seconds, stopped, planned, sent, answered, late, errors, goodput, outcomes, statuses
    case latency, service, lateness, connecting, notices, connections, bytes, target, doubts, broken
    case series
    case inTime = "in_time"
    case lateFromWrite = "late_from_write"
    case plannedRate = "planned_rate"
    case sentRate = "sent_rate"
    case answeredRate = "answered_rate"
    case errorShare = "error_share"
    case lateShare = "late_share"
    case latencyByOutcome = "latency_by_outcome"
    case noticeLatency = "notice_latency"
    case generatorProcessors = "generator_processors"
    case targetProcessors = "target_processors"
    case targetMicrosecondsPerAnswer = "target_microseconds_per_answer"
  }

  /// The report of a result.
  ///
  /// - Parameter broken: a sentence for each threshold that it broke.
  package init(_ description: RunDescription, _ result: RunResult, broken: [String]) {
    let recorder = result.recorder
    run = description
    seconds = result.seconds
    stopped = result.wasStopped
    planned = recorder.planned
    sent = recorder.sent
    answered = recorder.answered
    inTime = recorder.inTime
    late = recorder.late
    lateFromWrite = recorder.lateFromWrite
    errors = recorder.errors
    plannedRate = result.plannedRate
    sentRate = result.sentRate
    answeredRate = result.answeredRate
    goodput = result.goodput
    errorShare = result.errorShare
    lateShare = result.lateShare
    outcomes = Self.byName { recorder[$0] }
    statuses = Dictionary(
      uniqueKeysWithValues: recorder.statuses.enumerated().filter { $0.element > 0 }
        .map { (String($0.offset), $0.element) })
    latency = Times(recorder.latency)
    latencyByOutcome = Dictionary(
      uniqueKeysWithValues: Outcome.allCases.filter { recorder[$0] > 0 }
        .map { ($0.name, Times(recorder.latency(of: [$0]))) })
    service = Times(recorder.service)
    lateness = Times(recorder.lateness)
    noticeLatency = Times(recorder.noticeLatency)
    connecting = Times(recorder.connecting)
    notices = [
      "sent": recorder.noticesSent, "good": recorder.noticesGood, "bad": recorder.noticesBad,
      "dropped": recorder.noticesDropped,
    ]
    connections = ["opened": recorder.opened, "failed": recorder.connectFailures]
    bytes = ["out": recorder.bytesOut, "in": recorder.bytesIn]
    generatorProcessors = result.generatorProcessors
    targetProcessors = result.targetNanoseconds.map { Double($0) / 1e9 / result.seconds }
    targetMicrosecondsPerAnswer = result.targetNanosecondsPerAnswer.map { $0 / 1e3 }
    target = result.targetSamples.map {
      [
        "second": $0.seconds, "processors": $0.processors,
        "resident_bytes": Double($0.residentBytes),
      ]
    }
    doubts = result.doubts
    self.broken = broken
    let length = Double(result.plan.intervalNanoseconds) / 1e9
    series = recorder.intervals.enumerated().map { Self.moment($1, second: Double($0) * length) }
  }

  /// The object as one line with sorted keys.
  package var text: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  private static func byName(_ count: (Outcome) -> UInt64) -> [String: UInt64] {
    Dictionary(uniqueKeysWithValues: Outcome.allCases.map { ($0.name, count($0)) })
  }

  private static func moment(_ interval: Interval, second: Double) -> Moment {
    func at(_ percentile: Double) -> Double {
      interval.latency.totalCount == 0 ? 0 : Double(interval.latency(percentile: percentile)) / 1e3
    }
    return Moment(
      second: second, sent: interval.sent, answered: interval.answered, errors: interval.errors,
      outcomes: byName { interval.outcomes[$0.rawValue] }, p50: at(50), p90: at(90), p99: at(99),
      max: at(100), lateness: Double(interval.lateness) / 1e3)
  }
}
