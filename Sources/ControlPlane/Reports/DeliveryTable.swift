import Hummingbird
import Reporting

/// A delivery report as CSV (RFC 4180) with a header line.
struct DeliveryTable {
  /// The lines, each ended by CR LF.
  private(set) var text = ""

  init(_ report: DeliveryReport) {
    text.reserveCapacity(256 + report.rows.count * 128)
    write(report.groupBy.map(\.rawValue) + DeliveryColumns.names)
    for row in report.rows {
      write(row.keys.map(Self.safe) + DeliveryColumns.values(row.figures).map(Self.field))
    }
  }

  /// The response with it.
  var response: Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/csv; charset=utf-8; header=present", .cacheControl: "no-store",
        .contentDisposition: "attachment; filename=\"delivery.csv\"",
      ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  private mutating func write(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { text += "," }
      text += Self.quoted(field)
    }
    text += "\r\n"
  }

  private static func field(_ value: DeliveryColumns.Value) -> String {
    switch value {
    case .text(let value): safe(value)
    case .integer(let value): value.map { "\($0)" } ?? ""
    case .ratio(let value): value.map(DeliveryColumns.text) ?? ""
    }
  }

  /// A name behind an apostrophe where a spreadsheet would take it for a formula.
  private static func safe(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return text }
    return ["=", "+", "-", "@", "\t", "\r", "\n"].contains(first) ? "'" + text : text
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.unicodeScalars.contains { [",", "\"", "\r", "\n"].contains($0) }
    return needsQuotes ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
  }
}
