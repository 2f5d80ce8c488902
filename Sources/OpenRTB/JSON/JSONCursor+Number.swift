import FixedMemory

extension JSONCursor {
  /// Passes the number at the cursor and says where it is.
  mutating func readNumber(_ body: RawSpan) throws(JSONFault) -> ByteSlice {
    let start = offset
    offset = try Self.endOfNumber(body, start)
    return ByteSlice(offset: start, count: offset &- start)
  }

  /// Passes the value of a member where it is an array of integers from 0 to 63 without space, and
  /// returns a bit for each; nil, and nothing is passed, for anything else.
  @inline(__always)
  mutating func readSmallNumbers(_ member: JSONMember, _ body: RawSpan) -> UInt64? {
    guard UInt8(truncatingIfNeeded: member.ahead) == UInt8(ascii: "[") else { return nil }
    var small: UInt64 = 0
    var at = offset &+ 1
    while at &+ 4 <= body.byteCount {
      let word = UInt64(body.word32(at: at))
      var number = (word & 0xFF) &- 0x30
      var next = word &>> 8 & 0xFF
      guard number < 10 else { return nil }
      at &+= 2
      if next &- 0x30 < 10 && number != 0 {
        number = number &* 10 &+ next &- 0x30
        next = word &>> 16 & 0xFF
        at &+= 1
      }
      guard number < 64 else { return nil }
      small |= 1 &<< number
      if next == UInt64(UInt8(ascii: ",")) { continue }
      guard next == UInt64(UInt8(ascii: "]")) else { return nil }
      offset = at
      return small
    }
    return nil
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
