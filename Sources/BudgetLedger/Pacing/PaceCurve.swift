import AuctionTypes

/// How a budget is planned to be spent over its day or flight: what grants follow and reports show.
package struct PaceCurve: Sendable, Equatable {
  package var budget: Money
  package var start: WallTime
  package var end: WallTime
  package var pacing: PacingPlan

  package init(budget: Money, start: WallTime, end: WallTime, pacing: PacingPlan) {
    self.budget = budget
    self.start = start
    self.end = end
    self.pacing = pacing
  }

  /// A daily budget over the part of the day that lies in the flight, else a total one over the
  /// flight; nil where neither is or the flight is open.
  ///
  /// - Parameters:
  ///   - day: from its first instant to the next day's.
  ///   - createdAt: what a flight without a start begins with.
  package init?(
    _ budget: BudgetPlan, day: Range<WallTime>, flightStart: WallTime?, flightEnd: WallTime?,
    createdAt: WallTime, pacing: PacingPlan
  ) {
    if let daily = budget.daily {
      self.init(
        budget: daily, start: max(day.lowerBound, flightStart ?? day.lowerBound),
        end: min(day.upperBound, flightEnd ?? day.upperBound), pacing: pacing)
    } else if let total = budget.total, let end = flightEnd {
      self.init(budget: total, start: flightStart ?? createdAt, end: end, pacing: pacing)
    } else {
      return nil
    }
  }

  /// Milliseconds from the start to the end.
  package var length: Double { Double(end.milliseconds - start.milliseconds) }

  /// The share of the budget that is planned to be spent some milliseconds after the start.
  ///
  /// - Parameter lead: milliseconds by which the plan ends early.
  package func share(after elapsed: Double, lead: Double = 0) -> Double {
    let speed = pacing == .ahead ? 1.2 : 1.0
    return min(1, max(0, elapsed * speed / max(1, length - lead)))
  }

  /// What is planned to be spent by a time; at once where nothing paces it.
  package func planned(at time: WallTime) -> Money {
    let elapsed = Double(time.milliseconds - start.milliseconds)
    guard elapsed > 0, end > start else { return .zero }
    if pacing == .asap || time >= end { return budget }
    return Money(nanos: min(budget.nanos, Int64(Double(budget.nanos) * share(after: elapsed))))
  }
}
