import FixedMemory

extension JSONCursor {
  /// Passes the number at the cursor and says where it is.
  mutating func readNumber(_ body: RawSpan) throws(JSONFault) -> ByteSlice {
    let start = offset
    offset = try Self.endOfNumber(body, start)
    return ByteSlice(offset: start, count: offset &- start)
  }

  /// The offset after a number (RFC 8259 section 6).
  static func endOfNumber(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
    var at = start
    if body.byte(at: at) == UInt8(ascii: "-") { at &+= 1 }
    let leading = at
    at = try endOfDigits(body, at)
    if at &- leading > 1 && body.byte(at: leading) == UInt8(ascii: "0") { throw .malformed }
    if at < body.byteCount && body.byte(at: at) == UInt8(ascii: ".") {
      at = try endOfDigits(body, at &+ 1)
    }
    if at < body.byteCount && body.byte(at: at) | 0x20 == UInt8(ascii: "e") {
      at &+= 1
      if at < body.byteCount {
        let sign = body.byte(at: at)
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { at &+= 1 }
      }
      at = try endOfDigits(body, at)
    }
    return at
  }

  /// The offset after one or more digits.
  @inline(__always)
  private static func endOfDigits(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
    var at = start
    while at < body.byteCount && body.byte(at: at) &- 0x30 < 10 { at &+= 1 }
    guard at > start else { throw .malformed }
    return at
  }
}
