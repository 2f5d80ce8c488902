/// Text as the inside of a JSON string (RFC 8259 section 7), for what is built before any bid.
enum JSONText {
  /// The text with quotes, backslashes and control characters escaped, as UTF-8.
  static func escaped(_ text: String) -> [UInt8] { Array(escapedText(text).utf8) }

  /// The text as a whole JSON string, quotes included.
  static func quoted(_ text: String) -> String { "\"\(escapedText(text))\"" }

  private static func escapedText(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": escaped += "\\\""
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\t": escaped += "\\t"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
