import AuctionTypes
import BudgetLedger
import Foundation
import LinuxIO

/// The balances of a ledger, as `nod ledger verify` prints them: sums are exact to a nano-unit
/// inside and rounded down to micros here, once an account.
struct LedgerReport {
  /// Whether the journal is whole and keeps every invariant.
  let isOK: Bool
  /// By path.
  let accounts: [AccountSummary]

  /// One line, with the keys in the order that the documentation has them in.
  var json: String {
    let entries = accounts.map { account in
      "{\"account\":\(Self.quoted(account.path))"
        + ",\"total_budget_micros\":\(Self.micros(account.totalBudget))"
        + ",\"daily_budget_micros\":\(Self.micros(account.dailyBudget))"
        + ",\"day\":\"\((account.day ?? .today).text)\""
        + ",\"day_settled_micros\":\(account.daySettled.micros)"
        + ",\"escrow_micros\":\(account.escrow.micros)"
        + ",\"reserved_micros\":\(account.reserved.micros)"
        + ",\"settled_micros\":\(account.settled.micros)"
        + ",\"late_micros\":\(account.late.micros),\"notices\":\(account.notices)}"
    }
    return "{\"ok\":\(isOK),\"accounts\":[\(entries.joined(separator: ","))]}"
  }

  /// A table for people, amounts in units of the currency.
  var text: String {
    guard !accounts.isEmpty else { return "no accounts" }
    let head = [
      "account", "", "total budget", "daily budget", "day", "settled today", "escrow", "reserved",
      "settled", "late", "notices",
    ]
    let rows = [head] + accounts.map(Self.row)
    let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, text in
        let space = String(repeating: " ", count: widths[column] - text.count)
        return column < 2 ? text + space : space + text
      }
      return cells.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static func row(_ account: AccountSummary) -> [String] {
    [
      account.path, "\(account.currency)", account.totalBudget.map(units) ?? "unlimited",
      account.dailyBudget.map(units) ?? "unlimited", account.day?.text ?? "-",
      units(account.daySettled),
      units(account.escrow), units(account.reserved), units(account.settled), units(account.late),
      "\(account.notices)",
    ]
  }

  /// Micros with a point before the last six digits.
  static func units(_ amount: Money) -> String {
    let micros = amount.micros
    let digits = String(micros.magnitude)
    let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    return (micros < 0 ? "-" : "") + padded.dropLast(6) + "." + padded.suffix(6)
  }

  private static func micros(_ amount: Money?) -> String {
    amount.map { "\($0.micros)" } ?? "null"
  }

  private static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    // A string always has a JSON form.
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}

extension LocalDay {
  /// The day in UTC: stands for the day of an account that nothing was granted to yet.
  static var today: LocalDay {
    ZoneOffsets.utc.day(at: WallTime(milliseconds: Clock.realtimeMilliseconds()))
  }

  /// The day as ISO 8601 writes it, such as `2026-11-22`.
  var text: String {
    let date = Date(timeIntervalSince1970: TimeInterval(rawValue) * 86_400)
    return date.formatted(.iso8601.year().month().day())
  }
}
