import FixedMemory

extension JSONCursor {
  /// Passes the value at the cursor, checking all of it.
  ///
  /// - Complexity: O(bytes).
  @inline(__always)
  mutating func skipValue(_ body: RawSpan) throws(JSONFault) {
    if readPlainString(body) == nil { try skipOtherValue(body) }
  }

  /// Passes the value of a member, checking all of it.
  ///
  /// - Complexity: O(bytes).
  @inline(__always)
  mutating func skipValue(_ member: JSONMember, _ body: RawSpan) throws(JSONFault) {
    if let end = member.plainEnd {
      offset = end &+ 1
      strings.passString()
    } else if member.digit != nil {
      offset &+= 1
    } else {
      try skipOtherValue(body)
    }
  }

  private mutating func skipOtherValue(_ body: RawSpan) throws(JSONFault) {
    switch peek(body) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): try skipContainer(body)
    case JSONText.quote: try skipString(body)
    default: offset = try Self.endOfScalar(body, offset)
    }
  }

  /// The offset after a number, `true`, `false` or `null`.
  @inline(__always)
  static func endOfScalar(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
    if let count = JSONText.integerDigits(body, at: start) { return start &+ count }
    return try endOfOtherScalar(body, start)
  }

  private static func endOfOtherScalar(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
    switch byte(body, start) {
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try endOfNumber(body, start)
    case UInt8(ascii: "t"), UInt8(ascii: "n"):
      guard start &+ 4 <= body.byteCount else { throw .malformed }
      let word = body.word32(at: start)
      guard word == JSONWord.true || word == JSONWord.null else { throw .malformed }
      return start &+ 4
    case UInt8(ascii: "f"):
      guard start &+ 5 <= body.byteCount, body.word32(at: start &+ 1) == JSONWord.alse else {
        throw .malformed
      }
      return start &+ 5
    default:
      throw .malformed
    }
  }

  /// Passes the object or array at the cursor without recursion: one bit a level says whether it
  /// is an object.
  private mutating func skipContainer(_ body: RawSpan) throws(JSONFault) {
    if skipPlainContainer(body) { return }
    var levels = JSONLevels(outside: depth)
    var at = offset
    repeat {
      at = try skipLeaf(body, at, &levels)
      at = try skipToNextValue(body, at, &levels)
    } while !levels.isEmpty
    offset = at
  }

  /// Opens objects and arrays down to the first scalar or empty container, and passes that.
  @inline(__always)
  private mutating func skipLeaf(
    _ body: RawSpan, _ start: Int, _ levels: inout JSONLevels
  ) throws(JSONFault) -> Int {
    var at = Self.skipSpace(body, start)
    while true {
      let byte = Self.byte(body, at)
      if byte == JSONText.quote { return try strings.takeEnd(body).offset &+ 1 }
      let isObject = byte == UInt8(ascii: "{")
      guard isObject || byte == UInt8(ascii: "[") else { return try Self.endOfScalar(body, at) }
      try levels.open(isObject: isObject)
      at = Self.skipSpace(body, at &+ 1)
      // A closing bracket is two after its opening one.
      if Self.byte(body, at) == byte &+ 2 { return at }
      if isObject { at = Self.skipSpace(body, try skipName(body, at)) }
    }
  }

  /// Passes closing brackets up to the next value, or up to the end of the outermost container.
  @inline(__always)
  private mutating func skipToNextValue(
    _ body: RawSpan, _ start: Int, _ levels: inout JSONLevels
  ) throws(JSONFault) -> Int {
    var at = start
    while !levels.isEmpty {
      at = Self.skipSpace(body, at)
      let byte = Self.byte(body, at)
      at &+= 1
      let isObject = levels.isInObject
      if byte == UInt8(ascii: ",") { return isObject ? try skipName(body, at) : at }
      guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { throw .malformed }
      levels.close()
    }
    return at
  }

  /// The offset after the name at `start` and its colon.
  @inline(__always)
  private mutating func skipName(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
    let place = Self.skipSpace(body, start)
    guard Self.byte(body, place) == JSONText.quote else { throw .malformed }
    let end = try strings.takeEnd(body).offset
    if end &+ 2 <= body.byteCount && body.halfWord(at: end) == UInt16(JSONWord.quoteColon) {
      return end &+ 2
    }
    let colon = Self.skipSpace(body, end &+ 1)
    guard Self.byte(body, colon) == UInt8(ascii: ":") else { throw .malformed }
    return colon &+ 1
  }
}

/// The literals of JSON as little-endian words, as wide as the reads that they are compared with.
enum JSONWord {
  /// `,"`
  static let commaQuote: UInt16 = 0x222C
  /// `{"`
  static let braceQuote: UInt16 = 0x227B
  /// `["`
  static let bracketQuote: UInt64 = 0x225B
  /// `","`
  static let quoteCommaQuote: UInt32 = 0x22_2C22
  /// `":`
  static let quoteColon: UInt64 = 0x3A22
  static let `true`: UInt32 = 0x6575_7274
  static let null: UInt32 = 0x6C6C_756E
  /// `false` after its first letter.
  static let alse: UInt32 = 0x6573_6C61
}

/// The objects and arrays that are open, one bit each.
struct JSONLevels {
  /// The innermost 64 levels, the innermost in the lowest bit.
  private var inner: UInt64 = 0
  /// The others, 64 in a word.
  private var outer = InlineArray<8, UInt64>(repeating: 0)
  private var count = 0
  private let room: Int

  /// - Parameter outside: how many are open around it.
  init(outside: Int) { room = RequestLimits.depth - outside }

  @inline(__always) var isEmpty: Bool { count == 0 }

  /// Whether the innermost is an object.
  @inline(__always) var isInObject: Bool { inner & 1 != 0 }

  @inline(__always)
  mutating func open(isObject: Bool) throws(JSONFault) {
    guard count < room else { throw .malformed }
    if count & 63 == 0 { outer[count >> 6] = inner }
    inner = inner &<< 1 | (isObject ? 1 : 0)
    count &+= 1
  }

  @inline(__always)
  mutating func close() {
    count &-= 1
    inner = count & 63 == 0 ? outer[count >> 6] : inner &>> 1
  }
}
