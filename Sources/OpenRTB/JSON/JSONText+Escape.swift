import FixedMemory

extension JSONText {
  /// Appends a text as the inside of a JSON string (RFC 8259 section 7).
  ///
  /// - Parameter text: well-formed UTF-8; bytes beyond ASCII are copied as they are.
  /// - Complexity: O(bytes), a run of plain bytes at a time.
  package static func escape(_ text: RawSpan, into buffer: inout FixedBuffer) {
    var copied = 0
    for at in 0..<text.byteCount {
      let byte = text.byte(at: at)
      guard byte < 0x20 || byte == quote || byte == backslash else { continue }
      buffer.append(text.slice(copied, at - copied))
      appendEscape(of: byte, into: &buffer)
      copied = at + 1
    }
    buffer.append(text.slice(copied, text.byteCount - copied))
  }

  private static func appendEscape(of byte: UInt8, into buffer: inout FixedBuffer) {
    buffer.append(backslash)
    switch byte {
    case 0x08: buffer.append(UInt8(ascii: "b"))
    case 0x09: buffer.append(UInt8(ascii: "t"))
    case 0x0A: buffer.append(UInt8(ascii: "n"))
    case 0x0C: buffer.append(UInt8(ascii: "f"))
    case 0x0D: buffer.append(UInt8(ascii: "r"))
    case quote, backslash: buffer.append(byte)
    default:
      buffer.append("u00")
      buffer.append(0x30 &+ byte >> 4)
      let low = byte & 15
      buffer.append(low < 10 ? 0x30 &+ low : 0x57 &+ low)
    }
  }
}

extension JSONText {
  /// The offset after the escape whose backslash is at `start`.
  static func endOfEscape(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
    guard start &+ 1 < body.byteCount else { throw .malformed }
    switch body.byte(at: start &+ 1) {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return start &+ 2
    case UInt8(ascii: "u"):
      return try endOfCodeUnits(body, start)
    default:
      throw .malformed
    }
  }

  /// The offset after `\uXXXX`, or after two of them that make one scalar; a lone surrogate is
  /// malformed.
  private static func endOfCodeUnits(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
    let first = try checkedCodeUnit(body, start)
    if first & 0xF800 != 0xD800 { return start &+ 6 }
    guard first < 0xDC00 else { throw .malformed }
    let second = try checkedCodeUnit(body, start &+ 6)
    guard second & 0xFC00 == 0xDC00 else { throw .malformed }
    return start &+ 12
  }

  private static func checkedCodeUnit(
    _ body: RawSpan, _ start: Int
  ) throws(JSONFault) -> UInt32 {
    guard start &+ 6 <= body.byteCount, body.byte(at: start) == backslash,
      body.byte(at: start &+ 1) == UInt8(ascii: "u")
    else { throw .malformed }
    for index in 2..<6 where !isHex(body.byte(at: start &+ index)) { throw .malformed }
    return codeUnit(body, start &+ 2)
  }
}
