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
    offset = end &+ 1
    let slice = ByteSlice(from: start, to: end)
    return JSONString(
      slice: slice, hasEscapes: strings.hasEscapes && Self.hasEscapes(body, slice))
  }

  /// Passes the string at the cursor and says where it is, in the usual case that its end is
  /// known and no string of the text has an escape; nil, and nothing is passed, for anything else.
  @inline(__always)
  mutating func readPlainString(_ body: RawSpan) -> ByteSlice? {
    let start = offset
    guard Self.byte(body, start) == JSONText.quote, let end = strings.takePlainEnd() else {
      return nil
    }
    offset = end &+ 1
    return ByteSlice(from: start &+ 1, to: end)
  }

  /// Passes the string at the cursor.
  @inline(__always)
  mutating func skipString(_ body: RawSpan) throws(JSONFault) {
    offset = try strings.takeEnd(body) &+ 1
  }

  /// Whether a string holds a backslash.
  ///
  /// - Complexity: O(bytes).
  static func hasEscapes(_ body: RawSpan, _ slice: ByteSlice) -> Bool {
    body.slice(slice).firstOffset(of: JSONText.backslash) != nil
  }
}
