import Testing

@testable import LoadGeneration

struct ScheduleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let profile: RateProfile
    var testDescription: String { name }
  }

  static let second: UInt64 = 1_000_000_000
  static let cases = [
    Case(name: "constant", profile: .constant(1_000, nanoseconds: 2 * second)),
    Case(name: "slow", profile: .constant(0.5, nanoseconds: 20 * second)),
    Case(name: "ramp up", profile: .ramp(from: 10, to: 500, nanoseconds: 3 * second)),
    Case(name: "ramp down", profile: .ramp(from: 500, to: 10, nanoseconds: 3 * second)),
    Case(name: "from nothing", profile: .ramp(from: 0.001, to: 100, nanoseconds: second)),
    Case(name: "steps", profile: .steps([100, 400, 50], nanoseconds: 3 * second)),
    Case(
      name: "warm-up",
      profile: RateProfile.ramp(from: 100, to: 300, nanoseconds: 2 * second)
        .after(warmUpNanoseconds: second)),
  ]

  /// The k-th request is planned where the rate, added up in small steps, reaches k.
  @Test(arguments: cases) func plansWhereTheRateAddsUp(_ example: Case) {
    let threads = 3
    var planned: [UInt64] = []
    for thread in 0..<threads {
      var times = PlannedTimes(
        .profile(example.profile, isPoisson: false), thread: thread, of: threads, seed: 1)
      var before: UInt64 = 0
      while let time = times.next() {
        #expect(time >= before && time < example.profile.nanoseconds)
        before = time
        planned.append(time)
      }
    }
    planned.sort()
    let expected = naive(example.profile)
    #expect(abs(planned.count - expected.count) <= 1)
    for (time, wanted) in zip(planned, expected) {
      #expect(abs(Double(time) - wanted) < 2e6, "\(time) is not near \(wanted)")
    }
  }

  private func naive(_ profile: RateProfile) -> [Double] {
    let step = 10_000.0
    var times: [Double] = []
    var sum = 0.0
    var start = 0.0
    for part in profile.parts {
      var passed = 0.0
      while passed < Double(part.nanoseconds) {
        if sum >= Double(times.count) - 1e-9 { times.append(start + passed) }
        let share = (passed + step / 2) / Double(part.nanoseconds)
        sum += (part.startRate + (part.endRate - part.startRate) * share) * step / 1e9
        passed += step
      }
      start += Double(part.nanoseconds)
    }
    return times
  }

  @Test func poissonComesAtTheRateAndByChance() {
    let profile = RateProfile.constant(10_000, nanoseconds: 10 * Self.second)
    var times = PlannedTimes(.profile(profile, isPoisson: true), thread: 0, of: 1, seed: 7)
    var gaps: [Double] = []
    var last: UInt64 = 0
    while let time = times.next() {
      gaps.append(Double(time - last))
      last = time
    }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)
    // The deviation of an exponential distribution is its mean.
    #expect(abs(mean - 100_000) < 2_000)
    #expect(abs(variance.squareRoot() - mean) < 3_000)
    #expect(abs(gaps.count - 100_000) < 1_500)
  }

  @Test func theSameSeedPlansTheSameTimes() {
    let arrivals = Arrivals.profile(.constant(100, nanoseconds: Self.second), isPoisson: true)
    func times(_ seed: UInt64) -> [UInt64] {
      var planned = PlannedTimes(arrivals, thread: 0, of: 1, seed: seed)
      return (0..<50).compactMap { _ in planned.next() }
    }
    #expect(times(3) == times(3))
    #expect(times(3) != times(4))
  }

  @Test func threadsShareRecordedTimesInTurns() {
    let arrivals = Arrivals.recorded([0, 10, 20, 30, 40])
    var first = PlannedTimes(arrivals, thread: 0, of: 2, seed: 1)
    var second = PlannedTimes(arrivals, thread: 1, of: 2, seed: 1)
    #expect([first.next(), first.next(), first.next(), first.next()] == [0, 20, 40, nil])
    #expect([second.next(), second.next(), second.next()] == [10, 30, nil])
  }

  @Test(arguments: [0.0, 0.5, 1.0, 1.2, 2.0]) func ranksFollowZipfsLaw(_ exponent: Double) {
    let count = 50
    let ranks = ZipfRanks(count: count, exponent: exponent)
    var random = RandomNumbers(seed: 11)
    var seen = [Double](repeating: 0, count: count + 1)
    let draws = 200_000
    for _ in 0..<draws { seen[ranks.draw(&random)] += 1 }
    let weights = (1...count).map { rank in
      (0..<1).reduce(1.0) { value, _ in value * power(1 / Double(rank), exponent) }
    }
    let sum = weights.reduce(0, +)
    for rank in 1...count {
      let expected = weights[rank - 1] / sum * Double(draws)
      #expect(abs(seen[rank] - expected) < 6 * expected.squareRoot() + 6, "rank \(rank)")
    }
  }

  private func power(_ base: Double, _ exponent: Double) -> Double {
    exponent == 0
      ? 1
      : exponent == 0.5
        ? base.squareRoot()
        : exponent == 1
          ? base
          : exponent == 2 ? base * base : base * fifthRoot(base)
  }

  private func fifthRoot(_ value: Double) -> Double {
    var low = 0.0
    var high = 1.0
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if middle * middle * middle * middle * middle < value { low = middle } else { high = middle }
    }
    return low
  }
}
