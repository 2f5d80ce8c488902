import FixedMemory

extension JSONCursor {
  /// Passes the value at the cursor, checking all of it.
  ///
  /// - Complexity: O(bytes).
  mutating func skipValue(_ body: RawSpan) throws(JSONFault) {
    switch try peek(body) {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try skipContainer(body)
    case JSONText.quote:
      offset = try Self.endOfString(body, offset &+ 1).offset &+ 1
    default:
      offset = try Self.endOfScalar(body, offset)
    }
  }

  /// The offset after a number, `true`, `false` or `null`.
  @inline(__always)
  private static func endOfScalar(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
    switch body.byte(at: start) {
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
    var levels = JSONLevels(outside: depth)
    var at = offset
    repeat {
      at = try Self.skipToEndOfLeaf(body, at, &levels)
      at = try Self.skipToNextValue(body, at, &levels)
    } while !levels.isEmpty
    offset = at
  }

  /// Opens objects and arrays down to the first scalar or empty container, and passes that.
  @inline(__always)
  private static func skipToEndOfLeaf(
    _ body: RawSpan, _ start: Int, _ levels: inout JSONLevels
  ) throws(JSONFault) -> Int {
    var at = start
    while true {
      switch try byte(body, at) {
      case UInt8(ascii: "{"):
        try levels.open(isObject: true)
        at = skipSpace(body, at &+ 1)
        if try byte(body, at) == UInt8(ascii: "}") { return at }
        at = try skipName(body, at)
      case UInt8(ascii: "["):
        try levels.open(isObject: false)
        at = skipSpace(body, at &+ 1)
        if try byte(body, at) == UInt8(ascii: "]") { return at }
      case JSONText.quote:
        return try endOfString(body, at &+ 1).offset &+ 1
      default:
        return try endOfScalar(body, at)
      }
    }
  }

  /// Passes closing brackets up to the next value, or up to the end of the outermost container.
  @inline(__always)
  private static func skipToNextValue(
    _ body: RawSpan, _ start: Int, _ levels: inout JSONLevels
  ) throws(JSONFault) -> Int {
    var at = start
    while !levels.isEmpty {
      at = skipSpace(body, at)
      let byte = try byte(body, at)
      at &+= 1
      let isObject = levels.isInObject
      if byte == UInt8(ascii: ",") {
        at = skipSpace(body, at)
        return isObject ? try skipName(body, at) : at
      }
      guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { throw .malformed }
      levels.close()
    }
    return at
  }

  /// The offset of the value whose name is at `start`.
  @inline(__always)
  private static func skipName(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
    guard try byte(body, start) == JSONText.quote else { throw .malformed }
    let end = try endOfString(body, start &+ 1).offset
    let colon = skipSpace(body, end &+ 1)
    guard try byte(body, colon) == UInt8(ascii: ":") else { throw .malformed }
    return skipSpace(body, colon &+ 1)
  }

  @inline(__always)
  private static func byte(_ body: RawSpan, _ at: Int) throws(JSONFault) -> UInt8 {
    guard at < body.byteCount else { throw .malformed }
    return body.byte(at: at)
  }
}

/// The literals of JSON as little-endian words.
enum JSONWord {
  static let `true`: UInt32 = 0x6575_7274
  static let null: UInt32 = 0x6C6C_756E
  /// `false` after its first letter.
  static let alse: UInt32 = 0x6573_6C61
}

/// The objects and arrays that are open, one bit each.
struct JSONLevels {
  private var bits = InlineArray<8, UInt64>(repeating: 0)
  private var count = 0
  private let room: Int

  /// - Parameter outside: how many are open around it.
  init(outside: Int) { room = RequestLimits.depth - outside }

  @inline(__always) var isEmpty: Bool { count == 0 }

  /// Whether the innermost is an object.
  @inline(__always)
  var isInObject: Bool {
    let level = count &- 1
    return bits[level >> 6] >> UInt64(level & 63) & 1 != 0
  }

  @inline(__always)
  mutating func open(isObject: Bool) throws(JSONFault) {
    guard count < room else { throw .malformed }
    let bit = UInt64(1) << UInt64(count & 63)
    if isObject { bits[count >> 6] |= bit } else { bits[count >> 6] &= ~bit }
    count &+= 1
  }

  @inline(__always) mutating func close() { count &-= 1 }
}
