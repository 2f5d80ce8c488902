import FixedMemory

/// The bytes are not a JSON text.
enum JSONFault: Error {
  case malformed
}

/// The place of a reader in a JSON text (RFC 8259), which is handed to every step.
///
/// Every byte that it passes has been checked, also in values that are skipped. Between steps it
/// stands at the quote of a name, before a value, or before what follows a value.
struct JSONCursor: ~Copyable {
  /// The next byte, in 32 bits: so it is known not to be negative wherever it is checked.
  private var place: UInt32 = 0
  /// The objects and arrays that are open.
  var depth = 0
  /// Where the strings from here on end.
  var strings = StringIndex()

  /// The offset of the next byte.
  var offset: Int {
    @inline(__always) get { Int(place) }
    @inline(__always) set { place = UInt32(truncatingIfNeeded: newValue) }
  }

  /// Goes to the start of a text.
  mutating func restart() {
    offset = 0
    depth = 0
    strings.removeAll()
  }

  /// The next byte that is no white space; zero, which no text may have there, at the end.
  @inline(__always)
  mutating func peek(_ body: RawSpan) -> UInt8 {
    let byte = Self.byte(body, offset)
    return byte > 0x20 ? byte : peekBehindSpace(body)
  }

  private mutating func peekBehindSpace(_ body: RawSpan) -> UInt8 {
    offset = Self.skipSpaces(body, offset)
    return Self.byte(body, offset)
  }

  /// The byte at an offset, or zero at the end.
  @inline(__always)
  static func byte(_ body: RawSpan, _ at: Int) -> UInt8 { body.byte(at: at, orAtEnd: 0) }

  /// The offset of the next byte that is no white space.
  @inline(__always)
  static func skipSpace(_ body: RawSpan, _ start: Int) -> Int {
    byte(body, start) > 0x20 ? start : skipSpaces(body, start)
  }

  private static func skipSpaces(_ body: RawSpan, _ start: Int) -> Int {
    var at = start
    while true {
      switch byte(body, at) {
      case 0x20, 0x0A, 0x0D, 0x09: at &+= 1
      default: return at
      }
    }
  }

  /// Checks that nothing but white space is left.
  mutating func finish(_ body: RawSpan) throws(JSONFault) {
    offset = Self.skipSpace(body, offset)
    guard offset == body.byteCount else { throw .malformed }
  }

  /// Enters the object or array at the cursor; false when it is empty and has been left again.
  @inline(__always)
  private mutating func enter(_ body: RawSpan, closing: UInt8) throws(JSONFault) -> Bool {
    guard depth < RequestLimits.depth else { throw .malformed }
    offset &+= 1
    guard peek(body) == closing else {
      depth &+= 1
      return true
    }
    offset &+= 1
    return false
  }

  /// Passes what follows a value; false when that has closed the object or array.
  @inline(__always)
  private mutating func advance(_ body: RawSpan, closing: UInt8) throws(JSONFault) -> Bool {
    let byte = peek(body)
    offset &+= 1
    if byte == UInt8(ascii: ",") { return true }
    guard byte == closing else { throw .malformed }
    depth &-= 1
    return false
  }
}

extension JSONCursor {
  /// Enters the object at the cursor, up to its first name; false when it has no member.
  @inline(__always)
  mutating func enterObject(_ body: RawSpan) throws(JSONFault) -> Bool {
    if enterPlainObject(body) { return true }
    return try enterOtherObject(body)
  }

  private mutating func enterOtherObject(_ body: RawSpan) throws(JSONFault) -> Bool {
    guard try enter(body, closing: UInt8(ascii: "}")) else { return false }
    guard Self.byte(body, offset) == JSONText.quote else { throw .malformed }
    return true
  }

  /// Goes to the name of the next member; false when there is none and the object has been left.
  @inline(__always)
  mutating func nextMember(_ body: RawSpan) throws(JSONFault) -> Bool {
    guard offset &+ 2 <= body.byteCount else { return try nextSpacedMember(body) }
    let pair = body.halfWord(at: offset)
    if pair == JSONWord.commaQuote {
      offset &+= 1
      return true
    }
    guard pair & 0xFF == UInt16(UInt8(ascii: "}")) else { return try nextSpacedMember(body) }
    offset &+= 1
    depth &-= 1
    return false
  }

  private mutating func nextSpacedMember(_ body: RawSpan) throws(JSONFault) -> Bool {
    guard try advance(body, closing: UInt8(ascii: "}")) else { return false }
    guard peek(body) == JSONText.quote else { throw .malformed }
    return true
  }

  /// Enters the array at the cursor; false when it has no element.
  @inline(__always)
  mutating func enterArray(_ body: RawSpan) throws(JSONFault) -> Bool {
    try enter(body, closing: UInt8(ascii: "]"))
  }

  /// Goes to the next element; false when there is none and the array has been left.
  @inline(__always)
  mutating func nextElement(_ body: RawSpan) throws(JSONFault) -> Bool {
    try advance(body, closing: UInt8(ascii: "]"))
  }

  /// Enters the value at the cursor if it is an object with members; passes it otherwise.
  @inline(__always)
  mutating func enterIfObject(_ body: RawSpan) throws(JSONFault) -> Bool {
    if enterPlainObject(body) { return true }
    return try enterIfOtherObject(body)
  }

  /// Enters the object at the cursor where its first name follows right behind the brace.
  @inline(__always)
  private mutating func enterPlainObject(_ body: RawSpan) -> Bool {
    guard depth < RequestLimits.depth, offset &+ 2 <= body.byteCount,
      body.halfWord(at: offset) == JSONWord.braceQuote
    else { return false }
    offset &+= 1
    depth &+= 1
    return true
  }

  @inline(never)
  private mutating func enterIfOtherObject(_ body: RawSpan) throws(JSONFault) -> Bool {
    if peek(body) == UInt8(ascii: "{") { return try enterOtherObject(body) }
    try skipValue(body)
    return false
  }

  /// Enters the value at the cursor if it is an array with elements; passes it otherwise.
  @inline(__always)
  mutating func enterIfArray(_ body: RawSpan) throws(JSONFault) -> Bool {
    if enterPlainArray(body) { return true }
    return try enterIfOtherArray(body)
  }

  /// Enters the array at the cursor where its first element follows right behind the bracket.
  @inline(__always)
  private mutating func enterPlainArray(_ body: RawSpan) -> Bool {
    guard depth < RequestLimits.depth, offset &+ 2 <= body.byteCount else { return false }
    let pair = body.halfWord(at: offset)
    let first = UInt8(truncatingIfNeeded: pair &>> 8)
    guard UInt8(truncatingIfNeeded: pair) == UInt8(ascii: "["), first > 0x20,
      first != UInt8(ascii: "]")
    else { return false }
    offset &+= 1
    depth &+= 1
    return true
  }

  @inline(never)
  private mutating func enterIfOtherArray(_ body: RawSpan) throws(JSONFault) -> Bool {
    if peek(body) == UInt8(ascii: "[") { return try enterArray(body) }
    try skipValue(body)
    return false
  }
}
