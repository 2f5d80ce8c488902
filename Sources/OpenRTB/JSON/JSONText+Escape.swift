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
