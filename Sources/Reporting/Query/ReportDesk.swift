import AuctionTypes
import BudgetLedger
import ControlStore
import Foundation
import GRDB
import Journal

/// Answers what was delivered and what was planned.
package struct ReportDesk: Sendable {
  private let database: ControlDatabase
  private let status: DeliveryStatus
  private let plans: @Sendable () -> [CampaignPlan]
  private let now: @Sendable () -> WallTime

  /// - Parameters:
  ///   - status: of the follower that fills the tables.
  ///   - plans: the campaigns in force.
  package init(
    database: ControlDatabase, status: DeliveryStatus = DeliveryStatus(),
    plans: @escaping @Sendable () -> [CampaignPlan] = { [] },
    now: @escaping @Sendable () -> WallTime = {
      WallTime(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1_000))
    }
  ) {
    self.database = database
    self.status = status
    self.plans = plans
    self.now = now
  }

  // MARK: Delivery

  /// What was delivered.
  ///
  /// Throws ``TooManyRows``, or SQLite's errors.
  ///
  /// - Complexity: O(hours of delivery between the days).
  package func delivery(
    _ query: DeliveryQuery, limit: Int = ReportLimits.rows
  ) throws -> DeliveryReport {
    let figures = status.figures
    let statement = DeliveryStatement(query, limit: limit + 1)
    let (fetched, place) = try database.pool.read { db in
      (
        try Row.fetchAll(
          db, sql: statement.sql, arguments: StatementArguments(statement.arguments)),
        try DeliveryStore(db: db).place()
      )
    }
    guard fetched.count <= limit else { throw TooManyRows(limit: limit) }
    var report = DeliveryReport(
      groupBy: query.groupBy, from: query.from, to: query.to, rows: [], totals: [],
      completeUntil: figures.completeUntil ?? place.completeUntil.known,
      missing: place.losses.text)
    let plans = DeliveryPlans(query, plans(), at: now())
    var totals: [String: DeliveryRowFigures] = [:]
    for row in fetched {
      let row = self.row(row, query, plans)
      var sum = row.figures
      sum.planned = nil
      totals[sum.currency, default: sum.nothing].add(sum)
      report.rows.append(row)
    }
    report.totals = totals.values.sorted { $0.currency < $1.currency }
    return report
  }

  private func row(
    _ row: Row, _ query: DeliveryQuery, _ plans: DeliveryPlans
  ) -> DeliveryReport.Row {
    let count = query.groupBy.count
    let keys = query.groupBy.enumerated().map { Self.text(of: $1, row[$0]) }
    var figures = DeliveryRowFigures(currency: row[count + 2])
    let first = count + 3
    figures.requestsMatched = query.hasMatched ? row[first] as Int64 : nil
    figures.bids = row[first + 1]
    figures.wins = row[first + 2]
    figures.impressions = row[first + 3]
    figures.clicks = row[first + 4]
    figures.spendNanos = Self.nanos(row[first + 5], row[first + 6])
    figures.lateNanos = Self.nanos(row[first + 7], row[first + 8])
    figures.planned = plans.planned(
      advertiser: row[count], campaign: row[count + 1], keys: keys,
      createdAt: (row[first + 9] as Int64?).map(WallTime.init(milliseconds:)))
    return DeliveryReport.Row(keys: keys, figures: figures)
  }

  /// Sums of whole units and of the rest: neither overflows where the sum of nano-units could.
  private static func nanos(_ units: Int64, _ rest: Int64) -> Int128 {
    Int128(units) * 1_000_000_000 + Int128(rest)
  }

  private static func text(of dimension: DeliveryDimension, _ value: DatabaseValue) -> String {
    let number = Int64.fromDatabaseValue(value) ?? 0
    switch dimension {
    case .advertiser, .campaign, .lineItem, .creative, .exchange:
      return String.fromDatabaseValue(value) ?? ""
    case .size:
      let size = Size(packed: number)
      return "\(size.width)x\(size.height)"
    case .hour: return WallTime(milliseconds: number * 3_600_000).text
    case .day: return LocalDay(rawValue: UInt16(clamping: number)).text
    }
  }

  // MARK: Pacing

  /// What a campaign has spent and was planned to, today and over its flight; nil where there is no
  /// such campaign.
  ///
  /// Throws SQLite's errors.
  package func pacing(advertiser: String, campaign: String) throws -> PacingReport? {
    guard let plan = plans().first(where: { $0.path == "\(advertiser)/\(campaign)" }) else {
      return nil
    }
    let now = now()
    let day = plan.zone.day(at: now)
    let (total, hours) = try database.pool.read { db in
      let accounts = """
        FROM delivery WHERE account IN (SELECT number FROM delivery_accounts
          WHERE advertiser = ? AND campaign = ?)
        """
      let total = try Int64.fetchOne(
        db, sql: "SELECT coalesce(sum(spend_nanos), 0) \(accounts)",
        arguments: [advertiser, campaign])
      let hours = try Row.fetchAll(
        db, sql: "SELECT hour, sum(spend_nanos) AS spend \(accounts) AND day = ? GROUP BY hour",
        arguments: [advertiser, campaign, Int64(day.rawValue)])
      return (
        Money(nanos: total ?? 0),
        Dictionary(hours.map { ($0["hour"] as Int64, Money(nanos: $0["spend"])) }) { $0 + $1 }
      )
    }
    return PacingReport(
      plan, createdAt: try createdAt(advertiser, campaign), day: day, now: now, spent: total,
      spentByHour: hours)
  }

  private func createdAt(_ advertiser: String, _ campaign: String) throws -> WallTime {
    let created = try database.pool.read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT created FROM delivery_accounts
          WHERE advertiser = ? AND campaign = ? AND line_item IS NULL
          """, arguments: [advertiser, campaign])
    }
    return created.map { WallTime(milliseconds: $0) } ?? now()
  }
}

extension WallTime {
  /// nil for the time that stands for none.
  fileprivate var known: WallTime? { milliseconds > 0 ? self : nil }

  /// As RFC 3339 writes it in UTC, in whole seconds.
  package var text: String {
    Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
  }
}

extension LocalDay {
  /// As ISO 8601 writes it, such as `2026-11-22`.
  package var text: String {
    Date(timeIntervalSince1970: TimeInterval(rawValue) * 86_400)
      .formatted(.iso8601.year().month().day())
  }

  /// The day of such a text; nil where there is no such day, or one before 1970 or after 2149.
  package init?(_ text: String) {
    let style = Date.ISO8601FormatStyle().year().month().day()
    guard text.utf8.count == 10, let date = try? style.parse(text),
      let number = UInt16(exactly: date.timeIntervalSince1970 / 86_400)
    else { return nil }
    self.init(rawValue: number)
    guard self.text == text else { return nil }
  }
}

extension EventFollower.Losses {
  /// What it means for a report; nil for nothing.
  fileprivate var text: String? {
    var parts: [String] = []
    if files > 0 {
      parts.append("\(files) files of the event log were deleted before they were counted")
    }
    if damagedBytes > 0 { parts.append("\(damagedBytes) bytes of the event log are damaged") }
    if dropped > 0 {
      parts.append("\(dropped) bids, wins, losses, clicks or pixels found no place in the log")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

extension DeliveryRowFigures {
  /// Nothing of the same currency.
  fileprivate var nothing: DeliveryRowFigures {
    DeliveryRowFigures(currency: currency, requestsMatched: requestsMatched.map { _ in 0 })
  }
}
