import Histogram

/// Counts and times of a run, of one thread or of all.
package struct Recorder: Sendable {
  /// A histogram of nanoseconds with three significant digits.
  package typealias Times = Histogram<UInt64>

  /// Requests by what became of them.
  package private(set) var outcomes = [UInt64](repeating: 0, count: Outcome.allCases.count)
  /// Answers by status.
  package private(set) var statuses = [UInt64](repeating: 0, count: 600)
  /// From the planned time to the last byte of the answer, by outcome. What timed out or was not
  /// sent is in it with the time after which it was given up.
  package private(set) var latencies: [Times]
  /// From the first write to the last byte: what a tool that waits for answers would show.
  package private(set) var service = Recorder.times()
  /// How much later than it could have the generator itself wrote: from the planned time, or from
  /// the moment a connection was free where none was, to the write.
  package private(set) var lateness = Recorder.times()
  /// From the planned time of a notice to its answer.
  package private(set) var noticeLatency = Recorder.times()
  /// From the start of a connection until it was open.
  package private(set) var connecting = Recorder.times()
  /// Requests that were written.
  package private(set) var sent: UInt64 = 0
  /// Answers in good order within the deadline from the planned time.
  package private(set) var inTime: UInt64 = 0
  /// Answers past the deadline, counted from the planned time.
  package private(set) var late: UInt64 = 0
  /// Answers past the deadline, counted from the write: what the target could have prevented.
  package private(set) var lateFromWrite: UInt64 = 0
  /// Notices that were written.
  package var noticesSent: UInt64 = 0
  /// Notices answered 2xx or 3xx.
  package private(set) var noticesGood: UInt64 = 0
  /// Notices with another answer, or none.
  package private(set) var noticesBad: UInt64 = 0
  /// Notices that did not fit the queue.
  package var noticesDropped: UInt64 = 0
  /// Connections that were opened in the measured time.
  package var opened: UInt64 = 0
  /// Attempts to connect that failed.
  package var connectFailures: UInt64 = 0
  /// Bytes that were written and read.
  package var bytesOut: UInt64 = 0
  /// Bytes that were read.
  package var bytesIn: UInt64 = 0
  /// The series over time.
  package private(set) var intervals: [Interval] = []
  private let intervalNanoseconds: UInt64
  private let deadline: UInt64

  /// Nothing yet.
  ///
  /// - Parameter deadline: after which an answer is late, in nanoseconds.
  package init(intervalNanoseconds: UInt64, deadline: UInt64) {
    latencies = Outcome.allCases.map { _ in Recorder.times() }
    self.intervalNanoseconds = intervalNanoseconds
    self.deadline = deadline
  }

  /// An empty histogram.
  static func times() -> Times {
    Times(
      lowestDiscernibleValue: 512, highestTrackableValue: LoadLimits.latencyNanoseconds,
      numberOfSignificantValueDigits: .three)
  }

  /// A request was written, planned and written so many nanoseconds after the start of measuring.
  mutating func recordSent(written: UInt64, lateness late: UInt64) {
    sent += 1
    lateness.record(late)
    let place = interval(of: written)
    intervals[place].sent += 1
    intervals[place].lateness = max(intervals[place].lateness, late)
  }

  /// What became of a request, in nanoseconds from the start of measuring.
  ///
  /// - Parameter written: nil where it never was.
  mutating func record(
    _ outcome: Outcome, status: Int = 0, planned: UInt64, written: UInt64?, ended: UInt64
  ) {
    outcomes[outcome.rawValue] += 1
    let latency = ended - planned
    latencies[outcome.rawValue].record(min(latency, LoadLimits.latencyNanoseconds))
    if outcome.isAnswer {
      statuses[status] += 1
      let own = ended - (written ?? planned)
      service.record(own)
      if latency > deadline { late += 1 } else if outcome.isGood { inTime += 1 }
      if own > deadline { lateFromWrite += 1 }
    }
    if outcome == .timedOut, let written, ended - written > deadline { lateFromWrite += 1 }
    intervals[interval(of: planned)].take(outcome, latency: latency)
    if outcome.isAnswer { intervals[interval(of: ended)].answered += 1 }
  }

  /// A notice was answered, or was not: `status` is 0 then.
  mutating func recordNotice(status: Int, planned: UInt64, ended: UInt64) {
    noticeLatency.record(min(ended - planned, LoadLimits.latencyNanoseconds))
    if (200..<400).contains(status) { noticesGood += 1 } else { noticesBad += 1 }
  }

  /// A connection was opened.
  mutating func recordConnection(nanoseconds: UInt64) { connecting.record(nanoseconds) }

  /// Adds what another thread counted.
  package mutating func add(_ other: Recorder) {
    for index in outcomes.indices { outcomes[index] += other.outcomes[index] }
    for index in statuses.indices { statuses[index] += other.statuses[index] }
    for index in latencies.indices { latencies[index].add(other.latencies[index]) }
    service.add(other.service)
    lateness.add(other.lateness)
    noticeLatency.add(other.noticeLatency)
    connecting.add(other.connecting)
    sent += other.sent
    inTime += other.inTime
    late += other.late
    lateFromWrite += other.lateFromWrite
    noticesSent += other.noticesSent
    noticesGood += other.noticesGood
    noticesBad += other.noticesBad
    noticesDropped += other.noticesDropped
    opened += other.opened
    connectFailures += other.connectFailures
    bytesOut += other.bytesOut
    bytesIn += other.bytesIn
    while intervals.count < other.intervals.count { intervals.append(Interval()) }
    for index in other.intervals.indices { intervals[index].add(other.intervals[index]) }
  }

  private mutating func interval(of time: UInt64) -> Int {
    let place = min(Int(time / intervalNanoseconds), 2 * LoadLimits.intervals)
    while intervals.count <= place { intervals.append(Interval()) }
    return place
  }
}
