import FixedMemory

extension JSONCursor {
  /// Reads the name at the cursor and passes the colon, up to the value.
  @inline(__always)
  mutating func readKey(_ body: RawSpan) throws(JSONFault) -> JSONKey {
    guard body.byte(at: offset) == JSONText.quote else { throw .malformed }
    let key = try readName(body)
    guard try peek(body) == UInt8(ascii: ":") else { throw .malformed }
    offset &+= 1
    offset = Self.skipSpace(body, offset)
    return key
  }

  /// Most names have fewer than eight bytes and no escape: one word holds them and their quote.
  @inline(__always)
  private mutating func readName(_ body: RawSpan) throws(JSONFault) -> JSONKey {
    let start = offset &+ 1
    if start &+ 8 <= body.byteCount {
      let word = body.word(at: start)
      let hits = JSONText.specials(word)
      let bits = hits.trailingZeroBitCount & 0x78
      if hits != 0 && word &>> UInt64(bits) & 0xFF == UInt64(JSONText.quote) {
        offset = start &+ bits / 8 &+ 1
        return JSONKey(code: word & (1 &<< UInt64(bits) &- 1))
      }
    }
    return try readLongName(body)
  }

  private mutating func readLongName(_ body: RawSpan) throws(JSONFault) -> JSONKey {
    let name = try readString(body)
    if name.hasEscapes { return Self.unescapedKey(body, name.slice) }
    let count = Int(name.slice.count)
    guard count <= 16 else { return JSONKey(code: JSONKey.unknown) }
    let start = Int(name.slice.offset)
    let head = body.partialWord(at: start) & Self.mask(bytes: count)
    return JSONKey(
      head: head, tail: body.partialWord(at: start &+ 8) & Self.mask(bytes: count &- 8))
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
