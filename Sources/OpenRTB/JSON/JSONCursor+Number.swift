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
    let leading = byte(body, start) == UInt8(ascii: "-") ? start &+ 1 : start
    var at = try endOfDigits(body, leading)
    if at &- leading > 1 && byte(body, leading) == UInt8(ascii: "0") { throw .malformed }
    if byte(body, at) == UInt8(ascii: ".") { at = try endOfDigits(body, at &+ 1) }
    if byte(body, at) | 0x20 == UInt8(ascii: "e") {
      let sign = byte(body, at &+ 1)
      let isSigned = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
      at = try endOfDigits(body, isSigned ? at &+ 2 : at &+ 1)
    }
    return at
  }

  /// The offset after one or more digits.
  @inline(__always)
  private static func endOfDigits(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
    var at = start
    while byte(body, at) &- 0x30 < 10 { at &+= 1 }
    guard at > start else { throw .malformed }
    return at
  }
}
