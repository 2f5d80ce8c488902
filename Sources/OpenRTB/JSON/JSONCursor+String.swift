import FixedMemory

/// A string of a JSON text, by place.
struct JSONString {
  /// The bytes between the quotes.
  let slice: ByteSlice
  /// Whether they hold a backslash.
  let hasEscapes: Bool
}

extension JSONCursor {
  /// Passes the string at the cursor and says where it is.
  @inline(__always)
  mutating func readString(_ body: RawSpan) throws(JSONFault) -> JSONString {
    let start = offset &+ 1
    let end = try Self.endOfString(body, start)
    offset = end.offset &+ 1
    return JSONString(
      slice: ByteSlice(offset: start, count: end.offset &- start), hasEscapes: end.hasEscapes)
  }

  /// The offset of the quote that closes a string, and whether a backslash stands before it.
  ///
  /// Checks the string whole: no control character, sound escapes and sound UTF-8 (RFC 8259
  /// sections 7 and 8).
  ///
  /// - Parameter start: the offset after the opening quote.
  /// - Complexity: O(bytes), a word at a time over plain ASCII.
  static func endOfString(
    _ body: RawSpan, _ start: Int
  ) throws(JSONFault) -> (offset: Int, hasEscapes: Bool) {
    var at = start
    var hasEscapes = false
    while true {
      at = nextSpecial(body, at)
      guard at < body.byteCount else { throw .malformed }
      let byte = body.byte(at: at)
      if byte == JSONText.quote { return (at, hasEscapes) }
      if byte == JSONText.backslash {
        at = try endOfEscape(body, at)
        hasEscapes = true
      } else {
        // A control character is no start of a sequence either.
        at = try UTF8Validator.endOfSequences(body, at)
      }
    }
  }

  /// The offset of the next byte that is not plain, or the end.
  @inline(__always)
  private static func nextSpecial(_ body: RawSpan, _ start: Int) -> Int {
    var at = start
    while at &+ 8 <= body.byteCount {
      let hits = JSONText.specials(body.word(at: at))
      if hits != 0 { return at &+ hits.trailingZeroBitCount >> 3 }
      at &+= 8
    }
    while at < body.byteCount && JSONText.isPlain(body.byte(at: at)) { at &+= 1 }
    return at
  }

  /// The offset after the escape whose backslash is at `start`.
  private static func endOfEscape(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
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
    let first = try codeUnit(body, start)
    if first & 0xF800 != 0xD800 { return start &+ 6 }
    guard first < 0xDC00 else { throw .malformed }
    let second = try codeUnit(body, start &+ 6)
    guard second & 0xFC00 == 0xDC00 else { throw .malformed }
    return start &+ 12
  }

  private static func codeUnit(_ body: RawSpan, _ start: Int) throws(JSONFault) -> UInt32 {
    guard start &+ 6 <= body.byteCount, body.byte(at: start) == JSONText.backslash,
      body.byte(at: start &+ 1) == UInt8(ascii: "u")
    else { throw .malformed }
    for index in 2..<6 where !JSONText.isHex(body.byte(at: start &+ index)) { throw .malformed }
    return JSONText.codeUnit(body, start &+ 2)
  }
}
