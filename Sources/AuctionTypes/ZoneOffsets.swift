/// A time zone's offset from UTC from an instant on.
package struct ZoneStep: BitwiseCopyable, Sendable, Equatable {
  /// Seconds since 1970; the first step of a zone holds since ever.
  package let fromSeconds: Int64
  /// What local time is ahead of UTC by.
  package let offsetSeconds: Int64

  package init(fromSeconds: Int64, offsetSeconds: Int64) {
    self.fromSeconds = fromSeconds
    self.offsetSeconds = offsetSeconds
  }
}

/// A time zone as a list of offsets, so that no calendar is asked where days are counted.
package struct ZoneOffsets: Sendable, Equatable {
  /// In order of time, at least one; the last holds for ever.
  package let steps: [ZoneStep]

  /// - Precondition: there is a step, and each begins after the one before.
  package init(steps: [ZoneStep]) {
    precondition(!steps.isEmpty)
    precondition(zip(steps, steps.dropFirst()).allSatisfy { $0.fromSeconds < $1.fromSeconds })
    self.steps = steps
  }

  /// The zone of days that begin at midnight UTC.
  package static let utc = ZoneOffsets(steps: [ZoneStep(fromSeconds: .min, offsetSeconds: 0)])

  /// The calendar day at a time.
  ///
  /// - Complexity: O(steps).
  package func day(at time: WallTime) -> LocalDay {
    LocalDay(atLocalSeconds: time.seconds + offset(atSeconds: time.seconds))
  }

  /// When a calendar day begins: its first instant, also where clocks are set at midnight.
  ///
  /// - Complexity: O(steps).
  package func start(of day: LocalDay) -> WallTime {
    let midnight = Int64(day.rawValue) * 86_400
    for (index, step) in steps.enumerated() {
      let seconds = max(midnight - step.offsetSeconds, step.fromSeconds)
      let isBeforeNext = index + 1 == steps.count || seconds < steps[index + 1].fromSeconds
      if isBeforeNext { return WallTime(milliseconds: seconds * 1_000) }
    }
    preconditionFailure("the last step holds for ever")
  }

  private func offset(atSeconds seconds: Int64) -> Int64 {
    var offset = steps[0].offsetSeconds
    for step in steps where step.fromSeconds <= seconds { offset = step.offsetSeconds }
    return offset
  }
}
