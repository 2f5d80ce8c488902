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
    let end = try strings.takeEnd(body)
    offset = end.offset &+ 1
    return JSONString(
      slice: ByteSlice(from: start, to: end.offset), hasEscapes: end.hasEscapes)
  }

  /// Passes the string at the cursor and says where it is, in the usual case that its end is
  /// known and the string has no escape; nil, and nothing is passed, for anything else.
  @inline(__always)
  mutating func readPlainString(_ body: RawSpan) -> ByteSlice? {
    let start = offset
    guard Self.byte(body, start) == JSONText.quote, let end = strings.takePlainEnd() else {
      return nil
    }
    offset = end &+ 1
    return ByteSlice(from: start &+ 1, to: end)
  }

  /// Passes the value of a member and says where it is, in the usual case that it was seen to be a
  /// plain string; nil, and nothing is passed, for anything else.
  @inline(__always)
  mutating func readPlainString(_ member: JSONMember) -> Text? {
    guard let end = member.plainEnd else { return nil }
    let start = offset &+ 1
    offset = end &+ 1
    strings.passString()
    return Text(from: start, to: end)
  }

  /// Passes the value of a member where it is an array of plain strings without space between them,
  /// and adds those that are not empty to a list; nil, and nothing is passed or added, for anything
  /// else. False when one did not fit.
  @inline(__always)
  mutating func readPlainStrings(
    _ member: JSONMember, _ body: RawSpan, into texts: inout FixedArray<Text>
  ) -> Bool? {
    guard member.ahead & 0xFFFF == JSONWord.bracketQuote else { return nil }
    let count = texts.count
    var start = offset &+ 2
    var quotes = strings.nextQuote
    var fits = true
    while let end = strings.plainEnd(at: quotes), end &+ 4 <= body.byteCount {
      let text = Text(from: start, to: end)
      if !text.isEmpty && !texts.append(text) { fits = false }
      quotes &+= 2
      let next = body.word32(at: end)
      start = end &+ 3
      if next & 0xFF_FFFF == JSONWord.quoteCommaQuote { continue }
      guard UInt8(truncatingIfNeeded: next &>> 8) == UInt8(ascii: "]") else { break }
      offset = end &+ 2
      strings.pass(to: quotes)
      return fits
    }
    texts.truncate(to: count)
    return nil
  }

  /// Passes the string at the cursor.
  @inline(__always)
  mutating func skipString(_ body: RawSpan) throws(JSONFault) {
    offset = try strings.takeEnd(body).offset &+ 1
  }
}
