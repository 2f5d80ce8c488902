/// When requests are to be sent.
package enum Arrivals: Equatable, Sendable {
  /// By a rate: evenly spaced, or by chance as a Poisson process.
  case profile(RateProfile, isPoisson: Bool)
  /// At recorded times, ascending, in nanoseconds from the start.
  case recorded([UInt64])
  /// Each connection sends its next request when it has its answer, for so many nanoseconds: what
  /// this measures is the throughput. Its latencies leave out what nobody waited for.
  case closed(nanoseconds: UInt64)

  /// How long requests are planned for.
  package var nanoseconds: UInt64 {
    switch self {
    case .profile(let profile, _): profile.nanoseconds
    case .recorded(let times): (times.last ?? 0) + 1
    case .closed(let nanoseconds): nanoseconds
    }
  }

  /// Whether the next request waits for an answer.
  package var isClosed: Bool {
    if case .closed = self { return true }
    return false
  }
}

/// The planned times of one thread, in order; the threads of a run share the requests in turns.
package struct PlannedTimes: Sendable {
  private let arrivals: Arrivals
  private let threads: Int
  private var inverse: RateProfile.Inverse
  private var random: RandomNumbers
  private var number: Double
  private var place: Int

  /// The times of a thread.
  package init(_ arrivals: Arrivals, thread: Int, of threads: Int, seed: UInt64) {
    self.arrivals = arrivals
    self.threads = threads
    random = RandomNumbers(seed: seed &+ UInt64(thread) &* 0x9E37_79B9_7F4A_7C15)
    place = thread
    if case .profile(let profile, let isPoisson) = arrivals {
      inverse = RateProfile.Inverse(profile)
      number = isPoisson ? random.exponential() * Double(threads) : Double(thread)
    } else {
      inverse = RateProfile.Inverse(RateProfile(parts: []))
      number = 0
    }
  }

  /// Nanoseconds from the start of the run to the next request; nil after the last, and always
  /// where requests wait for answers.
  package mutating func next() -> UInt64? {
    switch arrivals {
    case .profile(_, let isPoisson):
      let time = inverse.nanoseconds(of: number)
      number += (isPoisson ? random.exponential() : 1) * Double(threads)
      return time
    case .recorded(let times):
      guard place < times.count else { return nil }
      defer { place += threads }
      return times[place]
    case .closed: return nil
    }
  }
}
