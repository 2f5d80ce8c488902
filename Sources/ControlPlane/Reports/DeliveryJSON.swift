import Foundation
import Reporting

/// A delivery report as JSON, written by hand: an answer may have 100,000 rows.
struct DeliveryJSON {
  /// The document.
  private(set) var text = ""

  init(_ report: DeliveryReport) {
    let names = report.groupBy.map(\.rawValue)
    text.reserveCapacity(256 + report.rows.count * 320)
    text += "{\"from\":\(Self.quoted(report.from?.text)),\"to\":\(Self.quoted(report.to?.text))"
    text += ",\"group_by\":[\(names.map { Self.quoted($0) }.joined(separator: ","))],\"rows\":["
    for (index, row) in report.rows.enumerated() {
      if index > 0 { text += "," }
      write(row.figures, names, row.keys)
    }
    text += "],\"totals\":["
    for (index, total) in report.totals.enumerated() {
      if index > 0 { text += "," }
      write(total, [], [])
    }
    text += "],\"complete_until\":\(Self.quoted(report.completeUntil?.text))"
    if let missing = report.missing { text += ",\"missing\":\(Self.quoted(missing))" }
    text += "}"
  }

  private mutating func write(
    _ figures: DeliveryRowFigures, _ names: [String], _ keys: [String]
  ) {
    text += "{"
    for (name, key) in zip(names, keys) { text += "\"\(name)\":\(Self.quoted(key))," }
    for (index, value) in DeliveryColumns.values(figures).enumerated() {
      if index > 0 { text += "," }
      text += "\"\(DeliveryColumns.names[index])\":"
      switch value {
      case .text(let value): text += Self.quoted(value)
      case .integer(let value): text += value.map { "\($0)" } ?? "null"
      case .ratio(let value): text += value.map(DeliveryColumns.text) ?? "null"
      }
    }
    text += "}"
  }

  private static func quoted(_ text: String?) -> String {
    guard let text else { return "null" }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..<" ":
        quoted += "\\u" + String(String(scalar.value + 0x10000, radix: 16).suffix(4))
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
