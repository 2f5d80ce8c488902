/// Finds the highest rate that holds: doubles until one does not, halves the distance between the
/// last that did and the first that did not, and asks once more for the one that it found.
package struct CapacitySearch: Sendable {
  /// What is going on.
  package enum Phase: Equatable, Sendable {
    case doubling, halving, confirming, over
  }

  private let precision: Double
  private let most: Double
  private var holding: Double?
  private var failing: Double?
  private var steps = 0
  /// What is going on.
  package private(set) var phase = Phase.doubling
  /// The rate to try now; nil when the search is over.
  package private(set) var rate: Double?

  /// A search from a rate up to another.
  ///
  /// - Parameter precision: the search ends when the first failing rate is at most this share above
  ///   the last holding one.
  package init(from first: Double, upTo most: Double, precision: Double) {
    self.precision = precision
    self.most = most
    rate = min(first, most)
  }

  /// The highest rate that held when it was asked for the last time; nil where none did.
  package var found: Double? { phase == .over ? holding : nil }

  /// Takes what became of ``rate`` and decides on the next.
  package mutating func take(holds: Bool) {
    guard let rate else { return }
    steps += 1
    if holds { holding = rate } else { failing = rate }
    switch phase {
    case .doubling: if holds { grow(rate) } else { phase = .halving }
    case .confirming: holds ? end() : shrink(rate)
    case .halving, .over: break
    }
    if phase == .halving { halve() }
    if steps >= LoadLimits.searchSteps { end() }
  }

  private mutating func grow(_ rate: Double) {
    if rate >= most { return confirm() }
    self.rate = min(most, rate * 2)
  }

  private mutating func halve() {
    guard let failing else { return confirm() }
    guard let holding else {
      // Even the first failed: go down until one holds, or nothing is left to halve.
      rate = failing / 2
      if failing < 2 { end() }
      return
    }
    if failing <= holding * (1 + precision) { return confirm() }
    rate = (holding + failing) / 2
  }

  private mutating func confirm() {
    phase = .confirming
    rate = holding
    if holding == nil { end() }
  }

  /// What held once did not hold again: the truth is a little below.
  private mutating func shrink(_ rate: Double) {
    let lower = rate * (1 - precision)
    holding = nil
    self.rate = lower
    if lower < 1 { end() }
  }

  private mutating func end() {
    phase = .over
    rate = nil
  }
}
