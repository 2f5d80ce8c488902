import FixedMemory
import OpenRTB

extension JSONText {
  /// A text as the inside of a JSON string; an escape takes six bytes at most.
  static func escaped(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    var buffer = FixedBuffer(capacity: max(1, bytes.count * 6))
    escape(bytes.rawSpan, into: &buffer)
    return (0..<buffer.count).map { buffer.bytes.byte(at: $0) }
  }

  /// A text as a whole JSON string, quotes included.
  static func quoted(_ text: String) -> String {
    "\"\(String(decoding: escaped(text), as: UTF8.self))\""
  }
}
