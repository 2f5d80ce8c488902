extension IngestReport {
  /// The report as JSON text of one line for each group of keys, in a fixed order.
  ///
  /// - Complexity: O(errors).
  package var json: String {
    let quotedReason = reason.map(Self.quoted) ?? "null"
    var text = "{\"file\":\(Self.quoted(file)),\"source\":\(Self.quoted(source))"
    text += ",\"format\":\(Self.quoted(format.rawValue)),\"status\":\"\(status.rawValue)\""
    text += ",\"reason\":\(quotedReason),\n"
    text += " \"lines\":{\"received\":\(lines.received),\"stored\":\(lines.stored)"
    text += ",\"empty\":\(lines.empty),\"malformed\":\(lines.malformed)"
    text += ",\"too_long\":\(lines.tooLong),\"unknown_id\":\(lines.unknownID)"
    text += ",\"duplicate\":\(lines.duplicate),\"bad_segments\":\(lines.badSegments)},\n"
    text += " \"memberships\":{\"added\":\(memberships.added),\"removed\":\(memberships.removed)"
    text += ",\"expired\":\(memberships.expired)}"
    text += ",\"users\":{\"new\":\(users.new),\"touched\":\(users.touched)},\n"
    text += " \"errors\":[" + errors.map(Self.json).joined(separator: ",\n  ") + "],\n"
    text += " \"started\":\"\(UTCText.text(of: started))\""
    text += ",\"finished\":\"\(UTCText.text(of: finished))\",\"generation\":\(generation)}\n"
    return text
  }

  private static func json(_ error: LineError) -> String {
    "{\"line\":\(error.line),\"category\":\"\(error.category.rawValue)\""
      + ",\"text\":\(quoted(error.text))}"
  }

  /// A string in quotes, with the escapes that RFC 8259 asks for; U+2028 and U+2029, which old
  /// JavaScript takes for line ends, and U+007F are escaped too.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0"..<" ", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
