import FixedMemory

extension JSONCursor {
  /// Reads the name at the cursor and passes the colon.
  ///
  /// Most names have up to eight bytes, no escape, and the colon right behind them.
  @inline(__always)
  mutating func readKey(_ body: RawSpan) throws(JSONFault) -> JSONKey {
    let start = offset &+ 1
    guard let end = strings.takePlainEnd() else { return try readOtherKey(body) }
    guard end &+ 2 <= body.byteCount, body.halfWord(at: end) == JSONWord.quoteColon else {
      return try readSpacedKey(body, ByteSlice(from: start, to: end))
    }
    offset = end &+ 2
    let count = end &- start
    guard UInt(bitPattern: count &- 1) < 8, start &+ 8 <= body.byteCount else {
      return Self.key(body, ByteSlice(from: start, to: end))
    }
    return JSONKey(code: body.word(at: start) & .max &>> UInt64(truncatingIfNeeded: -8 &* count))
  }

  /// Passes what lies between a name without escapes and its colon.
  private mutating func readSpacedKey(
    _ body: RawSpan, _ name: ByteSlice
  ) throws(JSONFault) -> JSONKey {
    offset = name.end &+ 1
    guard peek(body) == UInt8(ascii: ":") else { throw .malformed }
    offset &+= 1
    return Self.key(body, name)
  }

  /// Reads a name where one has an escape, or whose end is to be looked for.
  private mutating func readOtherKey(_ body: RawSpan) throws(JSONFault) -> JSONKey {
    let name = try readString(body)
    guard peek(body) == UInt8(ascii: ":") else { throw .malformed }
    offset &+= 1
    return name.hasEscapes ? Self.unescapedKey(body, name.slice) : Self.key(body, name.slice)
  }

  /// The key of a name without escapes, of any length and anywhere in the text.
  private static func key(_ body: RawSpan, _ name: ByteSlice) -> JSONKey {
    let count = Int(name.count)
    guard count <= 16 else { return JSONKey(code: JSONKey.unknown) }
    let start = Int(name.offset)
    return JSONKey(
      head: body.partialWord(at: start) & mask(bytes: count),
      tail: body.partialWord(at: start &+ 8) & mask(bytes: count &- 8))
  }

  /// The bits of the first bytes of a word.
  private static func mask(bytes: Int) -> UInt64 {
    if bytes <= 0 { return 0 }
    return bytes >= 8 ? .max : 1 << UInt64(bytes * 8) &- 1
  }

  /// The key of a name that was written with escapes, which nothing sane sends.
  private static func unescapedKey(_ body: RawSpan, _ slice: ByteSlice) -> JSONKey {
    var words = (head: UInt64(0), tail: UInt64(0))
    var count = 0
    var at = Int(slice.offset)
    while at < slice.end {
      let unit = JSONText.unescapedUnit(body, &at)
      for index in 0..<unit.count {
        let byte = UInt64(unit.byte(index))
        // A zero byte would be taken for the end of the name.
        if byte == 0 { return JSONKey(code: JSONKey.unknown) }
        if count < 8 { words.head |= byte << UInt64(count * 8) }
        if count >= 8 && count < 16 { words.tail |= byte << UInt64((count - 8) * 8) }
        count += 1
      }
    }
    guard count <= 16 else { return JSONKey(code: JSONKey.unknown) }
    return JSONKey(head: words.head, tail: words.tail)
  }
}
