extension Recorder {
  /// Planned requests whose end is known.
  package var planned: UInt64 { outcomes.reduce(0, +) }

  /// Requests of an outcome.
  package subscript(outcome: Outcome) -> UInt64 { outcomes[outcome.rawValue] }

  /// Requests that ended badly.
  package var errors: UInt64 {
    Outcome.allCases.reduce(0) { $0 + ($1.isGood ? 0 : self[$1]) }
  }

  /// Answers of any status.
  package var answered: UInt64 {
    Outcome.allCases.reduce(0) { $0 + ($1.isAnswer ? self[$1] : 0) }
  }

  /// The latencies of outcomes together.
  package func latency(of outcomes: [Outcome]) -> Times {
    outcomes.reduce(into: Self.times()) { $0.add(latencies[$1.rawValue]) }
  }

  /// The latencies of all requests but those whose connection broke or whose answer was no HTTP:
  /// how soon those ended says nothing. What timed out or was not sent counts with its whole wait.
  package var latency: Times {
    latency(of: Outcome.allCases.filter { $0 != .broken && $0 != .malformed })
  }
}
