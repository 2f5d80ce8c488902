import LinuxIO

/// Everything that a run does.
package struct LoadPlan: Sendable {
  /// Where the target listens.
  package var target: SocketAddress
  /// What is asked; prepared (``RequestMix/prepared()``).
  package var mix: RequestMix
  /// When it is asked, the warm-up with it.
  package var arrivals: Arrivals
  /// The first part, which is not measured, in nanoseconds.
  package var warmUpNanoseconds: UInt64 = 0
  /// Connections of all threads.
  package var connections = 64
  /// Threads that send.
  package var threads = 1
  /// A connection is closed and opened again after about so many requests; nil for never.
  package var requestsPerConnection: Int?
  /// A connection is closed and opened again after about so long; nil for never.
  package var connectionNanoseconds: UInt64?
  /// After which an answer is late.
  package var deadlineNanoseconds: UInt64 = 100_000_000
  /// After which, from its write, a request is given up and its connection closed.
  package var timeoutNanoseconds: UInt64 = 5_000_000_000
  /// After which, from its planned time, a request that found no connection is given up.
  package var giveUpNanoseconds: UInt64 = 5_000_000_000
  /// What is fired for bids; nil for nothing.
  package var notices: NoticeRules?
  /// Connections of all threads for notices.
  package var noticeConnections = 0
  /// Whether threads look for work all the time instead of sleeping until it is due.
  package var isSpinning = false

  /// A run of requests to a target.
  package init(target: SocketAddress, mix: RequestMix, arrivals: Arrivals) {
    self.target = target
    self.mix = mix
    self.arrivals = arrivals
  }

  /// Nanoseconds that are measured.
  package var measuredNanoseconds: UInt64 {
    arrivals.nanoseconds - min(warmUpNanoseconds, arrivals.nanoseconds)
  }

  /// Nanoseconds of one interval of the series over time: a second, or longer in long runs.
  package var intervalNanoseconds: UInt64 {
    let share = measuredNanoseconds / UInt64(LoadLimits.intervals)
    return max(1, (share + 999_999_999) / 1_000_000_000) * 1_000_000_000
  }
}
