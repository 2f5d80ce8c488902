import AudienceIndex
import Glibc

/// Numbers by chance that depend on nothing but their seed.
package struct RandomNumbers: Sendable {
  private var generator: SyntheticGenerator

  /// The numbers of a seed.
  package init(seed: UInt64) { generator = SyntheticGenerator(seed: seed) }

  /// 64 bits.
  package mutating func next() -> UInt64 { generator.next() }

  /// From 0 up to, but not, 1.
  package mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }

  /// With the mean 1, as the times between the events of a Poisson process.
  package mutating func exponential() -> Double { -log(1 - unit()) }

  /// From 0 up to, but not, a bound.
  package mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}

/// Ranks from 1 by Zipf's law: the one at rank r has a share proportional to 1/r^s.
///
/// By rejection-inversion (Hörmann, Derflinger 1996): no table, about one attempt a number.
package struct ZipfRanks: Sendable {
  private let count: Double
  private let exponent: Double
  private let low: Double
  private let high: Double
  private let shortcut: Double

  /// Ranks up to a count.
  ///
  /// - Precondition: the count is positive, and the exponent is not negative.
  package init(count: Int, exponent: Double) {
    self.count = Double(count)
    self.exponent = exponent
    low = Self.integral(1.5, exponent) - 1
    high = Self.integral(Double(count) + 0.5, exponent)
    let second = Self.integral(2.5, exponent) - pow(2, -exponent)
    shortcut = 2 - Self.inverse(second, exponent)
  }

  /// The next rank.
  package func draw(_ random: inout RandomNumbers) -> Int {
    while true {
      let area = high + random.unit() * (low - high)
      let place = Self.inverse(area, exponent)
      let rank = min(max(place.rounded(), 1), count)
      if rank - place <= shortcut { return Int(rank) }
      if area >= Self.integral(rank + 0.5, exponent) - pow(rank, -exponent) { return Int(rank) }
    }
  }

  /// The integral of x^-s from 1.
  private static func integral(_ x: Double, _ exponent: Double) -> Double {
    let logarithm = log(x)
    return logarithm * share(of: (1 - exponent) * logarithm, expm1)
  }

  private static func inverse(_ area: Double, _ exponent: Double) -> Double {
    let scaled = max(-1, area * (1 - exponent))
    return exp(area * share(of: scaled, log1p))
  }

  /// `function(x) / x`, which goes to 1 where x goes to 0.
  private static func share(of x: Double, _ function: (Double) -> Double) -> Double {
    abs(x) > 1e-8 ? function(x) / x : 1
  }
}
