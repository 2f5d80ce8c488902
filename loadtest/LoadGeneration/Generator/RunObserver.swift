import LinuxIO

/// What is known of a running run at a moment.
package struct WatchedMoment: Sendable {
  /// Seconds since measuring began; negative in the warm-up.
  package let seconds: Double
  /// Requests written since the start.
  package let sent: UInt64
  /// Requests written a second since the last moment.
  package let sentRate: Double
  /// Answers a second since the last moment.
  package let answeredRate: Double
  /// Measured requests that ended badly.
  package let errors: UInt64
  /// Measured requests with a bid.
  package let bids: UInt64
  /// Measured answers.
  package let answered: UInt64
  /// Requests that are out.
  package let inFlight: UInt64
  /// The newest finished interval.
  package let interval: Interval?
  /// Processors that the target used since the last moment.
  package let targetProcessors: Double?
}

/// Processor time and memory of the target in a part of a run.
package struct TargetSample: Equatable, Sendable {
  /// Seconds since measuring began, at its end.
  package let seconds: Double
  /// Processors that were busy with it: 1.5 is one and a half.
  package let processors: Double
  /// Its resident memory in bytes at its end.
  package let residentBytes: UInt64
}

/// Looks at a run from outside, about once an interval.
struct RunObserver {
  private let plan: LoadPlan
  private let board: RunBoard
  private let target: () -> TargetProcess?
  private let end: UInt64
  private let measuredFrom: UInt64
  private let startedMilliseconds = Clock.realtimeMilliseconds()
  private var lastLook: UInt64
  private var lastSent: UInt64 = 0
  private var lastAnswered: UInt64 = 0
  private var lastTarget: TargetProcess?
  private var samples: [TargetSample] = []
  private var isMeasuring = false
  private var first: Usage
  private var last: Usage?

  /// What had been used at a moment.
  private struct Usage {
    let moment: UInt64
    let target: TargetProcess?
    let threads: [UInt64]
  }

  /// Looks from the start of a run on.
  ///
  /// - Parameter target: what the kernel counts of the target now.
  init(
    _ plan: LoadPlan, start: UInt64, board: RunBoard, target: @escaping () -> TargetProcess?
  ) {
    self.plan = plan
    self.board = board
    self.target = target
    measuredFrom = start + plan.warmUpNanoseconds
    end = start + plan.arrivals.nanoseconds
    lastLook = start
    lastTarget = target()
    first = Usage(moment: start, target: lastTarget, threads: board.processorTimes)
  }

  /// How long to wait until the next look: to the moments at which measuring begins and ends.
  func pause(from now: UInt64) -> UInt64 {
    [measuredFrom, end].filter { $0 > now }.map { $0 - now }
      .reduce(LoadLimits.watchNanoseconds, min)
  }

  /// Looks where it is time, and says what it saw.
  mutating func look(at now: UInt64) -> WatchedMoment? {
    if !isMeasuring, now >= measuredFrom { beginMeasuring(now) }
    // What is used from here on, by answers that are still waited for, belongs to no rate.
    if last == nil, now >= end || board.isStopping { last = usage(at: now) }
    guard now >= lastLook + plan.intervalNanoseconds else { return nil }
    let seconds = Double(now - lastLook) / 1e9
    let figures = board.figures
    let target = target()
    let processors = Self.processors(from: lastTarget, to: target, seconds: seconds)
    let moment = WatchedMoment(
      seconds: (Double(now) - Double(measuredFrom)) / 1e9, sent: figures[.sent],
      sentRate: Double(figures[.sent] - lastSent) / seconds,
      answeredRate: Double(figures[.answered] - min(lastAnswered, figures[.answered])) / seconds,
      errors: figures[.errors], bids: figures[.bids], answered: figures[.answered],
      inFlight: figures[.inFlight], interval: board.newestInterval,
      targetProcessors: processors)
    if isMeasuring, let processors, let target {
      samples.append(
        TargetSample(
          seconds: moment.seconds, processors: processors, residentBytes: target.residentBytes))
    }
    lastLook = now
    lastSent = figures[.sent]
    lastAnswered = figures[.answered]
    lastTarget = target
    return moment
  }

  /// Adds up what the threads counted.
  func result(_ recorders: [Recorder], at now: UInt64) -> RunResult {
    let last = last ?? usage(at: now)
    var sum = Recorder(
      intervalNanoseconds: plan.intervalNanoseconds, deadline: plan.deadlineNanoseconds)
    for recorder in recorders { sum.add(recorder) }
    let passed = now > measuredFrom ? now - measuredFrom : 0
    let seconds = Double(max(1, last.moment - min(last.moment, first.moment))) / 1e9
    let threads = zip(last.threads, first.threads).map {
      Double($0 - min($0, $1)) / 1e9 / seconds
    }
    return RunResult(
      plan: plan, recorder: sum, measuredNanoseconds: min(plan.measuredNanoseconds, passed),
      startedMilliseconds: startedMilliseconds, generatorProcessors: threads,
      targetNanoseconds: Self.difference(first.target, last.target), targetSamples: samples,
      wasStopped: board.isStopping)
  }

  private mutating func beginMeasuring(_ now: UInt64) {
    isMeasuring = true
    first = usage(at: now)
    lastTarget = first.target
    lastLook = now
    lastSent = board.figures[.sent]
  }

  private func usage(at now: UInt64) -> Usage {
    Usage(moment: now, target: target(), threads: board.processorTimes)
  }

  private static func difference(_ first: TargetProcess?, _ last: TargetProcess?) -> UInt64? {
    guard let first, let last, last.processorNanoseconds >= first.processorNanoseconds else {
      return nil
    }
    return last.processorNanoseconds - first.processorNanoseconds
  }

  private static func processors(
    from first: TargetProcess?, to last: TargetProcess?, seconds: Double
  ) -> Double? {
    difference(first, last).map { Double($0) / 1e9 / seconds }
  }
}
