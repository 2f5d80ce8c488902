import FixedMemory

/// Finds places in JSON without building anything: where a value ends, the members of an object.
///
/// It is as strict as it takes to find places; numbers and literals are not judged.
enum JSONWalk {
  /// The places of a member of an object.
  struct Member {
    /// The bytes between the quotes of its name.
    let name: ByteSlice
    /// The bytes of its value, with quotes or brackets.
    let value: ByteSlice
  }

  /// The value at or after a place, and none where it is malformed or nested too deeply.
  static func value(in bytes: RawSpan, at place: Int) -> ByteSlice? {
    let start = skipSpace(bytes, place)
    guard let end = endOfValue(bytes, start) else { return nil }
    return ByteSlice(offset: start, count: end - start)
  }

  /// Whether a value is all that the bytes hold.
  static func isWhole(_ value: ByteSlice, in bytes: RawSpan) -> Bool {
    skipSpace(bytes, value.end) == bytes.byteCount
  }

  /// The next byte that is no space, and its place.
  static func next(in bytes: RawSpan, at place: Int) -> (byte: UInt8, place: Int)? {
    let place = skipSpace(bytes, place)
    return place < bytes.byteCount ? (bytes.byte(at: place), place) : nil
  }

  /// The next member of an object, from a place in it; the place starts at the object's.
  static func nextMember(
    of object: ByteSlice, in bytes: RawSpan, place: inout Int
  ) -> Member? {
    guard var next = step(into: object, opening: "{", in: bytes, place: place) else { return nil }
    guard next < object.end, bytes.byte(at: next) == UInt8(ascii: "\""),
      let nameEnd = endOfString(bytes, next)
    else { return nil }
    let name = ByteSlice(offset: next + 1, count: nameEnd - next - 2)
    next = skipSpace(bytes, nameEnd)
    guard next < object.end, bytes.byte(at: next) == UInt8(ascii: ":"),
      let value = value(in: bytes, at: next + 1)
    else { return nil }
    place = value.end
    return Member(name: name, value: value)
  }

  /// The next element of an array, from a place in it; the place starts at the array's.
  static func nextElement(
    of array: ByteSlice, in bytes: RawSpan, place: inout Int
  ) -> ByteSlice? {
    guard let next = step(into: array, opening: "[", in: bytes, place: place),
      next < array.end, bytes.byte(at: next) != UInt8(ascii: "]"),
      let value = value(in: bytes, at: next)
    else { return nil }
    place = value.end
    return value
  }

  /// The value of a member of an object; the last counts where there are several.
  static func member(
    _ name: StaticString, of object: ByteSlice, in bytes: RawSpan
  ) -> ByteSlice? {
    var place = Int(object.offset)
    var found: ByteSlice?
    while let member = nextMember(of: object, in: bytes, place: &place) {
      if bytes.slice(member.name).equals(name) { found = member.value }
    }
    return found
  }

  /// The bytes between the quotes of a string; nil for other values.
  static func string(_ value: ByteSlice, in bytes: RawSpan) -> ByteSlice? {
    guard value.count >= 2, bytes.byte(at: Int(value.offset)) == UInt8(ascii: "\"") else {
      return nil
    }
    return ByteSlice(offset: Int(value.offset) + 1, count: Int(value.count) - 2)
  }

  /// The place of the next member or element: after the bracket, or after a comma.
  private static func step(
    into container: ByteSlice, opening: Unicode.Scalar, in bytes: RawSpan, place: Int
  ) -> Int? {
    guard container.count >= 2, bytes.byte(at: Int(container.offset)) == UInt8(ascii: opening)
    else { return nil }
    if place == Int(container.offset) { return skipSpace(bytes, place + 1) }
    let comma = skipSpace(bytes, place)
    guard comma < container.end, bytes.byte(at: comma) == UInt8(ascii: ",") else { return nil }
    return skipSpace(bytes, comma + 1)
  }

  private static func skipSpace(_ bytes: RawSpan, _ place: Int) -> Int {
    var place = place
    while place < bytes.byteCount {
      switch bytes.byte(at: place) {
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      default: return place
      }
    }
    return place
  }

  private static func endOfValue(_ bytes: RawSpan, _ start: Int) -> Int? {
    guard start < bytes.byteCount else { return nil }
    switch bytes.byte(at: start) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return endOfContainer(bytes, start)
    case UInt8(ascii: "\""): return endOfString(bytes, start)
    default: return endOfPlain(bytes, start)
    }
  }

  /// Brackets are counted by kind with a bit for each level, so that they close what they opened.
  private static func endOfContainer(_ bytes: RawSpan, _ start: Int) -> Int? {
    var place = start
    var depth = 0
    var kinds: UInt64 = 0
    while place < bytes.byteCount {
      switch bytes.byte(at: place) {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth < LoadLimits.depth else { return nil }
        kinds = kinds << 1 | (bytes.byte(at: place) == UInt8(ascii: "{") ? 1 : 0)
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard (bytes.byte(at: place) == UInt8(ascii: "}")) == (kinds & 1 == 1) else { return nil }
        kinds >>= 1
        depth -= 1
        if depth == 0 { return place + 1 }
      case UInt8(ascii: "\""):
        guard let end = endOfString(bytes, place) else { return nil }
        place = end
        continue
      default: break
      }
      place += 1
    }
    return nil
  }

  private static func endOfString(_ bytes: RawSpan, _ start: Int) -> Int? {
    var place = start + 1
    while place < bytes.byteCount {
      switch bytes.byte(at: place) {
      case UInt8(ascii: "\""): return place + 1
      case UInt8(ascii: "\\"): place += 2
      case 0..<0x20: return nil
      default: place += 1
      }
    }
    return nil
  }

  private static func endOfPlain(_ bytes: RawSpan, _ start: Int) -> Int? {
    var place = start
    while place < bytes.byteCount {
      switch bytes.byte(at: place) {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        place += 1
      default: return place > start ? place : nil
      }
    }
    return place > start ? place : nil
  }
}
