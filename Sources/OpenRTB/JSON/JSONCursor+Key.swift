import FixedMemory

extension JSONCursor {
  /// Reads the name at the cursor and passes the colon.
  ///
  /// Most names have up to eight bytes, no escape, and the colon right behind them.
  @inline(__always)
  mutating func readMember(_ body: RawSpan) throws(JSONFault) -> JSONMember {
    guard let ends = strings.nextEnds, let words = body.words(around: ends.first) else {
      return JSONMember(code: try readOtherKey(body).code)
    }
    // From the closing quote back to the opening one: two to nine bytes.
    let back = offset &- ends.first
    guard UInt(bitPattern: back &+ 9) < 8, words.after & 0xFFFF == JSONWord.quoteColon else {
      return try readLongMember(body, words, end: ends.second)
    }
    offset = ends.first &+ 2
    strings.passString()
    // The name ends where the word ends; what stands before the name is shifted out.
    return JSONMember(
      code: words.before &>> UInt64(truncatingIfNeeded: back &* 8 &+ 8),
      ahead: words.after &>> 16, end: ends.second)
  }

  /// The same for a name of no byte or of more than eight, or that has space before its colon.
  @inline(never)
  private mutating func readLongMember(
    _ body: RawSpan, _ words: (before: UInt64, after: UInt64), end: Int
  ) throws(JSONFault) -> JSONMember {
    let start = offset &+ 1
    guard words.after & 0xFFFF == JSONWord.quoteColon, let name = readPlainString(body) else {
      return JSONMember(code: try readOtherKey(body).code)
    }
    offset &+= 1
    let count = Int(name.count)
    var code = JSONKey.unknown
    if count > 8 && count <= 16 {
      let tail = words.before &>> UInt64(truncatingIfNeeded: -8 &* count)
      code = JSONKey(head: body.word(at: start), tail: tail).code
    }
    return JSONMember(code: code, ahead: words.after &>> 16, end: end)
  }

  /// Reads any name: with an escape, with space before its colon, near either end of the text, or
  /// whose end is to be looked for.
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
