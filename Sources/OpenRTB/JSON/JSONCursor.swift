import FixedMemory

/// The bytes are not a JSON text.
enum JSONFault: Error {
  case malformed
}

/// The place of a reader in a JSON text (RFC 8259), which is handed to every step.
///
/// Every byte that it passes has been checked, also in values that are skipped. Between steps it
/// stands at the first byte of a name, of a value, or of what follows a value.
struct JSONCursor {
  /// The next byte.
  var offset = 0
  /// The objects and arrays that are open.
  var depth = 0

  /// The next byte that is no white space.
  @inline(__always)
  mutating func peek(_ body: RawSpan) throws(JSONFault) -> UInt8 {
    offset = Self.skipSpace(body, offset)
    guard offset < body.byteCount else { throw .malformed }
    return body.byte(at: offset)
  }

  /// The offset of the next byte that is no white space.
  @inline(__always)
  static func skipSpace(_ body: RawSpan, _ start: Int) -> Int {
    guard start < body.byteCount, body.byte(at: start) <= 0x20 else { return start }
    return skipSpaces(body, start)
  }

  private static func skipSpaces(_ body: RawSpan, _ start: Int) -> Int {
    var at = start
    while at < body.byteCount {
      let byte = body.byte(at: at)
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
      at &+= 1
    }
    return at
  }

  /// Checks that nothing but white space is left.
  mutating func finish(_ body: RawSpan) throws(JSONFault) {
    offset = Self.skipSpace(body, offset)
    guard offset == body.byteCount else { throw .malformed }
  }

  /// Enters the object or array at the cursor; false when it is empty and has been left again.
  @inline(__always)
  mutating func enter(_ body: RawSpan, closing: UInt8) throws(JSONFault) -> Bool {
    guard depth < RequestLimits.depth else { throw .malformed }
    offset &+= 1
    guard try peek(body) == closing else {
      depth &+= 1
      return true
    }
    offset &+= 1
    return false
  }

  /// Passes what follows a value; false when that has closed the object or array.
  @inline(__always)
  mutating func advance(_ body: RawSpan, closing: UInt8) throws(JSONFault) -> Bool {
    let byte = try peek(body)
    offset &+= 1
    if byte == UInt8(ascii: ",") {
      _ = try peek(body)
      return true
    }
    guard byte == closing else { throw .malformed }
    depth &-= 1
    return false
  }
}

extension JSONCursor {
  /// Enters the object at the cursor; false when it has no member.
  @inline(__always)
  mutating func enterObject(_ body: RawSpan) throws(JSONFault) -> Bool {
    try enter(body, closing: UInt8(ascii: "}"))
  }

  /// Goes to the next member; false when there is none and the object has been left.
  @inline(__always)
  mutating func nextMember(_ body: RawSpan) throws(JSONFault) -> Bool {
    try advance(body, closing: UInt8(ascii: "}"))
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
  mutating func enterIfObject(_ body: RawSpan) throws(JSONFault) -> Bool {
    if try peek(body) == UInt8(ascii: "{") { return try enterObject(body) }
    try skipValue(body)
    return false
  }

  /// Enters the value at the cursor if it is an array with elements; passes it otherwise.
  mutating func enterIfArray(_ body: RawSpan) throws(JSONFault) -> Bool {
    if try peek(body) == UInt8(ascii: "[") { return try enterArray(body) }
    try skipValue(body)
    return false
  }
}
