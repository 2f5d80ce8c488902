import AuctionTypes
import Reporting

/// The pacing of a campaign as it is answered.
struct PacingDocument: Encodable {
  private struct Level: Encodable {
    let level: PacingReport.Level

    private enum CodingKeys: String, CodingKey {
      case budget = "budget_micros"
      case planned = "planned_micros"
      case spent = "spent_micros"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(level.budgetMicros, forKey: .budget)
      try container.encode(level.plannedMicros, forKey: .planned)
      try container.encode(level.spentMicros, forKey: .spent)
    }
  }

  private struct Hour: Encodable {
    let hour: PacingReport.Hour

    private enum CodingKeys: String, CodingKey {
      case hour
      case planned = "planned_micros"
      case spent = "spent_micros"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(hour.hour.text, forKey: .hour)
      try container.encode(hour.plannedMicros, forKey: .planned)
      try container.encode(hour.spentMicros, forKey: .spent)
    }
  }

  private let currency: String
  private let day: String
  private let timezone: String
  private let daily: Level
  private let total: Level
  private let hours: [Hour]

  /// - Parameter timeZone: of the campaign.
  init(_ report: PacingReport, timeZone: String) {
    currency = report.currency
    day = report.day.text
    timezone = timeZone
    daily = Level(level: report.daily)
    total = Level(level: report.total)
    hours = report.hours.map { Hour(hour: $0) }
  }
}
