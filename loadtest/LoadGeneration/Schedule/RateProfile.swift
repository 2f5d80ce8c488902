/// How many requests a second are planned, over the time of a run: parts in which the rate is
/// constant or changes evenly.
package struct RateProfile: Equatable, Sendable {
  /// A time in which the rate goes evenly from one value to another.
  package struct Part: Equatable, Sendable {
    /// How long it lasts.
    package let nanoseconds: UInt64
    /// Requests a second at its start.
    package let startRate: Double
    /// Requests a second at its end.
    package let endRate: Double

    /// A part; the rates are equal where it is constant.
    package init(nanoseconds: UInt64, startRate: Double, endRate: Double) {
      self.nanoseconds = nanoseconds
      self.startRate = startRate
      self.endRate = endRate
    }

    /// Requests of the whole part.
    var requests: Double { (startRate + endRate) / 2 * seconds }
    fileprivate var seconds: Double { Double(nanoseconds) / 1e9 }

    /// Nanoseconds from the part's start until so many requests of it are planned.
    ///
    /// The integral of the rate is `a t² / 2 + startRate t`; the form of its inverse without a
    /// difference in the denominator is exact also where `a` is small.
    fileprivate func nanoseconds(until requests: Double) -> UInt64 {
      let slope = (endRate - startRate) / seconds
      let root = max(0, startRate * startRate + 2 * slope * requests).squareRoot()
      let divisor = startRate + root
      guard divisor > 0 else { return 0 }
      return UInt64(min(Double(nanoseconds), 2 * requests / divisor * 1e9))
    }
  }

  /// The parts in order.
  package let parts: [Part]

  /// A profile of parts.
  package init(parts: [Part]) { self.parts = parts }

  /// One rate all the time.
  package static func constant(_ rate: Double, nanoseconds: UInt64) -> RateProfile {
    RateProfile(parts: [Part(nanoseconds: nanoseconds, startRate: rate, endRate: rate)])
  }

  /// From one rate evenly to another.
  package static func ramp(from: Double, to: Double, nanoseconds: UInt64) -> RateProfile {
    RateProfile(parts: [Part(nanoseconds: nanoseconds, startRate: from, endRate: to)])
  }

  /// One rate after the other, each for an equal time.
  ///
  /// - Precondition: there is a rate.
  package static func steps(_ rates: [Double], nanoseconds: UInt64) -> RateProfile {
    let each = nanoseconds / UInt64(rates.count)
    return RateProfile(
      parts: rates.map { Part(nanoseconds: each, startRate: $0, endRate: $0) })
  }

  /// The same after a time at the rate with which it begins.
  package func after(warmUpNanoseconds: UInt64) -> RateProfile {
    guard warmUpNanoseconds > 0, let first = parts.first else { return self }
    let warmUp = Part(
      nanoseconds: warmUpNanoseconds, startRate: first.startRate, endRate: first.startRate)
    return RateProfile(parts: [warmUp] + parts)
  }

  /// How long it lasts.
  package var nanoseconds: UInt64 { parts.reduce(0) { $0 + $1.nanoseconds } }

  /// Requests that are planned in all.
  package var requests: Double { parts.reduce(0) { $0 + $1.requests } }

  /// When so many requests are planned; nil past the last.
  struct Inverse: Sendable {
    private let parts: [Part]
    private var index = 0
    private var requestsBefore = 0.0
    private var nanosecondsBefore: UInt64 = 0

    /// The inverse of a profile, for numbers that never fall.
    init(_ profile: RateProfile) { parts = profile.parts }

    /// Nanoseconds from the start until the rate adds up to a number of requests.
    mutating func nanoseconds(of number: Double) -> UInt64? {
      while index < parts.count, number - requestsBefore >= parts[index].requests {
        requestsBefore += parts[index].requests
        nanosecondsBefore += parts[index].nanoseconds
        index += 1
      }
      guard index < parts.count else { return nil }
      return nanosecondsBefore + parts[index].nanoseconds(until: number - requestsBefore)
    }
  }
}
