extension DocumentNode {
  /// The node as JSON (RFC 8259) without blanks, keys in the order of the node.
  ///
  /// A plain scalar is the number, boolean or null that JSON would read in it, and a string where
  /// it is none of them: YAML's `75001` is a number, its `08-20` a string.
  /// - Complexity: O(n) in the text.
  package var json: String {
    var text: [UInt8] = []
    text.reserveCapacity(512)
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private func write(to text: inout [UInt8]) {
    switch content {
    case .scalar(let scalar, let isPlain):
      if isPlain, let literal = Self.literal(scalar, isNull: isNull) {
        text += literal.utf8
      } else {
        Self.write(scalar, to: &text)
      }
    case .list(let elements):
      text.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        element.write(to: &text)
      }
      text.append(UInt8(ascii: "]"))
    case .map(let entries):
      text.append(UInt8(ascii: "{"))
      for (index, entry) in entries.enumerated() {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        Self.write(entry.key, to: &text)
        text.append(UInt8(ascii: ":"))
        entry.value.write(to: &text)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  private static func literal(_ text: String, isNull: Bool) -> String? {
    if isNull { return "null" }
    if text == "true" || text == "false" { return text }
    return JSONNumber.isValid(Array(text.utf8)[...]) ? text : nil
  }

  private static func write(_ string: String, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        text.append(UInt8(ascii: "\\"))
        text.append(byte)
      case UInt8(ascii: "\n"): text += "\\n".utf8
      case UInt8(ascii: "\r"): text += "\\r".utf8
      case UInt8(ascii: "\t"): text += "\\t".utf8
      case 0..<0x20, 0x7F:
        text += "\\u00".utf8
        text.append(hexadecimal(byte >> 4))
        text.append(hexadecimal(byte & 0xF))
      default: text.append(byte)
      }
    }
    text.append(UInt8(ascii: "\""))
  }

  private static func hexadecimal(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
