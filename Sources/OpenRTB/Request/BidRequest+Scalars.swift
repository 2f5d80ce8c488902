import AuctionTypes
import FixedMemory

/// Values as senders really write them: numbers in strings, fractions where integers belong,
/// numbers for ids. What cannot be read is absent.
extension BidRequest {
  /// A string or a number as text; absent for anything else.
  @inline(__always)
  mutating func readText(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Text {
    if let plain = json.readPlainString(body) { return Text(plain) }
    return try readOtherText(&json, body)
  }

  /// The same of a member's value.
  @inline(__always)
  mutating func readText(
    _ member: JSONMember, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Text {
    if let plain = json.readPlainString(member) { return plain }
    return try readOtherText(&json, body)
  }

  private mutating func readOtherText(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Text {
    let byte = json.peek(body)
    if byte == JSONText.quote {
      let string = try json.readString(body)
      return string.hasEscapes ? unescape(string.slice, body) : Text(string.slice)
    }
    if Self.startsNumber(byte) { return Text(try json.readNumber(body)) }
    try json.skipValue(body)
    return .absent
  }

  /// An id as JSON and as text; both empty when there is none.
  @inline(__always)
  mutating func readID(
    _ member: JSONMember, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> (raw: ByteSlice, text: Text) {
    let start = json.offset
    if let plain = json.readPlainString(member) {
      if plain.isEmpty { return (.empty, .absent) }
      return (ByteSlice(from: start, to: json.offset), plain)
    }
    return try readOtherID(&json, body)
  }

  private mutating func readOtherID(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> (raw: ByteSlice, text: Text) {
    let byte = json.peek(body)
    let start = json.offset
    let text = try readText(&json, body)
    let isString = byte == JSONText.quote
    let count = json.offset &- start
    // An empty string is no id; one that did not fit the arena still is one.
    guard isString ? count > 2 : Self.startsNumber(byte) else { return (.empty, .absent) }
    return (ByteSlice(offset: start, count: count), text)
  }

  @inline(__always)
  static func startsNumber(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || byte == UInt8(ascii: "-")
  }

  /// Puts a string that has escapes into the arena.
  private mutating func unescape(_ slice: ByteSlice, _ body: RawSpan) -> Text {
    let start = unescaped.count
    var at = Int(slice.offset)
    while at < slice.end {
      let unit = JSONText.unescapedUnit(body, &at)
      for index in 0..<unit.count { unescaped.append(unit.byte(index)) }
    }
    guard !unescaped.overflowed else {
      isOverCapacity = true
      return .absent
    }
    let part = ByteSlice(offset: start, count: unescaped.count &- start)
    return Text(part, isUnescaped: true)
  }

  /// A number or a string that writes one.
  private mutating func readDecimal(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> DecimalNumber? {
    let text = try readText(&json, body)
    return DecimalNumber(body.slice(text, unescaped: unescaped.bytes))
  }

  /// A number without its fraction, within 32 bits; nil when there is none.
  mutating func readInteger(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Int32? {
    if let value = json.readDigits(body) { return value }
    return try readDecimal(&json, body)?.truncated
  }

  /// The same of a member's value.
  @inline(__always)
  mutating func readInteger(
    _ member: JSONMember, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Int32? {
    if let value = json.readDigit(member) { return value }
    return try readInteger(&json, body)
  }

  /// A number above zero without its fraction.
  mutating func readPositive(
    _ member: JSONMember, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Int32? {
    guard let value = try readInteger(member, &json, body), value > 0 else { return nil }
    return value
  }

  /// An integer that says yes or no; `true` and `false` count as 1 and 0.
  @inline(__always)
  mutating func readFlag(
    _ member: JSONMember, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Int32? {
    if let value = json.readDigit(member) { return value }
    return try readOtherFlag(&json, body)
  }

  private mutating func readOtherFlag(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> Int32? {
    let byte = json.peek(body)
    guard byte == UInt8(ascii: "t") || byte == UInt8(ascii: "f") else {
      return try readInteger(&json, body)
    }
    try json.skipValue(body)
    return byte == UInt8(ascii: "t") ? 1 : 0
  }

  /// A floor in micros, rounded up; zero when there is none or it is negative.
  mutating func readFloor(
    _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> CPM {
    guard let value = try readDecimal(&json, body), !value.isNegative else { return .zero }
    return CPM(micros: value.scaled(by: 6, rounding: .up))
  }

  /// The currency of a floor; USD when there is none.
  mutating func readFloorCurrency(
    _ member: JSONMember, _ json: inout JSONCursor, _ body: RawSpan
  ) throws(JSONFault) -> CurrencyCode {
    let text = try readText(member, &json, body)
    return text.isEmpty ? .usd : currency(text, body)
  }

  /// The code that a text is, or `unreadable`.
  func currency(_ text: Text, _ body: RawSpan) -> CurrencyCode {
    guard text.count == 3 else { return .unreadable }
    let letters = body.slice(text, unescaped: unescaped.bytes)
    return CurrencyCode(letters.byte(at: 0), letters.byte(at: 1), letters.byte(at: 2))
      ?? .unreadable
  }
}

extension JSONCursor {
  /// Reads the value of a member that was seen to be a single digit; nil, and nothing is passed,
  /// for anything else.
  @inline(__always)
  mutating func readDigit(_ member: JSONMember) -> Int32? {
    guard let value = member.digit else { return nil }
    offset &+= 1
    return value
  }

  /// Reads a number of one to seven digits, which almost every integer of a request is; nil, and
  /// nothing is passed, for anything else.
  @inline(__always)
  mutating func readDigits(_ body: RawSpan) -> Int32? {
    guard let count = JSONText.integerDigits(body, at: offset) else { return nil }
    let value = JSONText.number(body.word(at: offset), digits: count)
    offset &+= count
    return Int32(bitPattern: value)
  }
}
