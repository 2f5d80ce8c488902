import AuctionTypes
import BudgetLedger

/// What a campaign has spent and was planned to spend, today and over its flight.
package struct PacingReport: Sendable, Equatable {
  /// A budget with its plan; nil is unlimited, or not planned.
  package struct Level: Sendable, Equatable {
    package var budgetMicros: Int64?
    /// By now.
    package var plannedMicros: Int64?
    package var spentMicros: Int64
  }

  /// One hour of the day.
  package struct Hour: Sendable, Equatable {
    /// Its beginning, UTC.
    package var hour: WallTime
    /// Since the day began, by the end of the hour.
    package var plannedMicros: Int64?
    /// As ``plannedMicros``, of bids that were made by then; nil for hours to come.
    package var spentMicros: Int64?
  }

  package var currency: String
  /// Of the campaign's time zone.
  package var day: LocalDay
  package var daily: Level
  package var total: Level
  package var hours: [Hour]

  init(
    _ campaign: CampaignPlan, createdAt: WallTime, day: LocalDay, now: WallTime, spent: Money,
    spentByHour: [Int64: Money]
  ) {
    var plan = ObjectPlan(campaign)
    plan.createdAt = createdAt
    currency = "\(campaign.currency)"
    self.day = day
    let today = spentByHour.values.reduce(.zero, +)
    daily = Level(
      budgetMicros: campaign.budget.daily?.micros,
      plannedMicros: plan.planned(on: day, by: now)?.micros, spentMicros: today.micros)
    total = Level(
      budgetMicros: campaign.budget.total?.micros,
      plannedMicros: plan.planned(from: nil, to: nil, by: now)?.micros,
      spentMicros: spent.micros)
    hours = Self.hours(plan, day, now, spentByHour)
  }

  private static func hours(
    _ plan: ObjectPlan, _ day: LocalDay, _ now: WallTime, _ spent: [Int64: Money]
  ) -> [Hour] {
    let range = plan.range(of: day)
    let first = DeliveryKey.hour(of: range.lowerBound)
    let last = DeliveryKey.hour(of: WallTime(milliseconds: range.upperBound.milliseconds - 1))
    var sum = Money.zero
    return (first...max(first, last)).map { hour in
      sum += spent[hour] ?? .zero
      let end = min(WallTime(milliseconds: (hour + 1) * 3_600_000), range.upperBound)
      return Hour(
        hour: WallTime(milliseconds: hour * 3_600_000),
        plannedMicros: plan.planned(on: day, by: end)?.micros,
        spentMicros: hour <= DeliveryKey.hour(of: now) ? sum.micros : nil)
    }
  }
}
