import CampaignDocuments
import Foundation

/// A delivery report for people.
struct DeliveryTable {
  private enum Format {
    case text, count, money, percent
  }

  private struct Column {
    let title: String
    let key: String
    let format: Format
  }

  private static let figures = [
    Column(title: "", key: "currency", format: .text),
    Column(title: "matched", key: "requests_matched", format: .count),
    Column(title: "bids", key: "bids", format: .count),
    Column(title: "wins", key: "wins", format: .count),
    Column(title: "win rate", key: "win_rate", format: .percent),
    Column(title: "impressions", key: "impressions", format: .count),
    Column(title: "clicks", key: "clicks", format: .count),
    Column(title: "CTR", key: "ctr", format: .percent),
    Column(title: "spend", key: "spend_micros", format: .money),
    Column(title: "CPM", key: "cpm_micros", format: .money),
    Column(title: "late", key: "late_micros", format: .money),
    Column(title: "planned", key: "planned_micros", format: .money),
    Column(title: "pacing", key: "pacing", format: .percent),
  ]

  private let groups: [String]
  private let rows: [DocumentNode]
  private let totals: [DocumentNode]
  private let completeUntil: String?

  /// Reads an answer; nil where it is no report.
  /// - Complexity: O(n) in the bytes.
  init?(_ answer: ClientAnswer) {
    guard let root = DocumentNode(json: answer.body), let rows = root["rows"],
      let totals = root["totals"]
    else { return nil }
    groups = root["group_by"]?.elements.compactMap { $0.text } ?? []
    self.rows = rows.elements
    self.totals = totals.elements
    completeUntil = root["complete_until"]?.text
  }

  /// The rows, a line of totals for each currency, and up to when all is counted.
  /// - Complexity: O(n) in the rows.
  var lines: [String] {
    guard !totals.isEmpty || !rows.isEmpty else { return ["nothing was delivered"] + footer }
    var table = TextTable(
      columns: groups.map { TextTable.Column(title: $0.replacing("_", with: " ")) }
        + columns.map { TextTable.Column(title: $0.title, isNumber: $0.format != .text) })
    if !groups.isEmpty {
      for row in rows { table.add(groups.map { Self.name($0, row) } + cells(row)) }
    }
    for total in totals {
      table.add(groups.indices.map { $0 == 0 ? "total" : "" } + cells(total))
    }
    return table.lines + footer
  }

  private var footer: [String] {
    completeUntil.map { ["complete until \($0.quotable)"] } ?? []
  }

  /// The columns of figures: those that no row has anything in are left out.
  private var columns: [Column] {
    Self.figures.filter { column in
      switch column.key {
      case "late_micros": (rows + totals).contains { ($0[column.key]?.integer ?? 0) != 0 }
      case "planned_micros", "pacing": (rows + totals).contains { $0[column.key] != nil }
      default: true
      }
    }
  }

  private static func name(_ group: String, _ row: DocumentNode) -> String {
    row[group]?.text?.quotable ?? "-"
  }

  private func cells(_ row: DocumentNode) -> [String] {
    columns.map { column in
      guard let node = row[column.key] else { return "-" }
      switch column.format {
      case .text, .count: return node.text?.quotable ?? "-"
      case .money: return node.integer.map { Amount.text(micros: $0) } ?? "-"
      case .percent:
        return node.text.flatMap(Double.init).map { String(format: "%.2f%%", $0 * 100) } ?? "-"
      }
    }
  }
}
