import AuctionTypes
import BudgetLedger

/// The budget of a campaign or line item over time, by the curve that grants follow.
struct ObjectPlan: Sendable {
  let budget: BudgetPlan
  let pacing: PacingPlan
  let flightStart: WallTime?
  let flightEnd: WallTime?
  let zone: ZoneOffsets
  /// When the ledger first heard of it: no day before had a budget.
  var createdAt = WallTime(milliseconds: 0)

  /// The plan of a line item with a budget of its own.
  init(_ lineItem: LineItemPlan, of campaign: CampaignPlan) {
    budget = lineItem.budget
    pacing = lineItem.pacing
    flightStart = campaign.flightStart
    flightEnd = campaign.flightEnd
    zone = campaign.zone
  }

  /// The plan of a campaign: its line items' pacing where all have the same, else evenly.
  init(_ campaign: CampaignPlan) {
    let first = campaign.lineItems.first?.pacing ?? .even
    pacing = campaign.lineItems.allSatisfy { $0.pacing == first } ? first : .even
    budget = campaign.budget
    flightStart = campaign.flightStart
    flightEnd = campaign.flightEnd
    zone = campaign.zone
  }

  /// The curve that holds on a day; nil where nothing plans: neither a daily budget nor a total one
  /// with a flight that ends.
  func curve(on day: LocalDay) -> PaceCurve? {
    PaceCurve(
      budget, day: range(of: day), flightStart: flightStart, flightEnd: flightEnd,
      createdAt: createdAt, pacing: pacing)
  }

  /// What was planned to be spent on a day, as far as it has passed.
  func planned(on day: LocalDay, by now: WallTime) -> Money? {
    guard let curve = curve(on: day) else { return nil }
    let range = range(of: day)
    let end = min(now, range.upperBound)
    guard end > range.lowerBound else { return .zero }
    if budget.daily != nil { return curve.planned(at: end) }
    return curve.planned(at: end) - curve.planned(at: range.lowerBound)
  }

  /// What was planned to be spent on days from the first on and before the last, as far as they
  /// have passed: daily budgets since there was one, in sum no more than the total one.
  func planned(from: LocalDay?, to: LocalDay?, by now: WallTime) -> Money? {
    let today = zone.day(at: now)
    let since = zone.day(at: max(createdAt, flightStart ?? createdAt))
    let begin = max(from ?? since, since)
    let end = min(to ?? today.next, today.next)
    guard let daily = budget.daily else { return planned(before: end, from, by: now) }
    var sum = Money.zero
    var day = begin
    while day < end {
      sum += planned(on: day, by: now) ?? .zero
      if let total = budget.total, sum > total { return total }
      if sum.nanos > .max - daily.nanos { return sum }
      day = day.next
    }
    return sum
  }

  /// The part of a flight's curve before a day and from another one on.
  private func planned(before end: LocalDay, _ from: LocalDay?, by now: WallTime) -> Money? {
    guard let curve = curve(on: end) else { return nil }
    let planned = curve.planned(at: min(now, zone.start(of: end)))
    return planned - (from.map { min(planned, curve.planned(at: zone.start(of: $0))) } ?? .zero)
  }

  // MARK: Days

  func range(of day: LocalDay) -> Range<WallTime> {
    let start = zone.start(of: day)
    return start..<max(start, zone.start(of: day.next))
  }
}

extension LocalDay {
  /// The day after; the last day is its own.
  var next: LocalDay { LocalDay(rawValue: rawValue == .max ? .max : rawValue + 1) }
}
