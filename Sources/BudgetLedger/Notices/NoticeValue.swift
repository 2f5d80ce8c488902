import AuctionTypes
import FixedMemory

/// The value of a parameter in a notice's query, percent-decoded and without the spaces around it,
/// which a query may also write as `+`.
struct NoticeValue {
  private var bytes = InlineArray<128, UInt8>(repeating: 0)
  private var count = 0

  /// The first value of a name; nil where the name is absent, or its value is longer than
  /// ``LedgerLimits/noticeValueBytes``.
  ///
  /// - Complexity: O(bytes of the query).
  init?(_ name: UInt8, of query: RawSpan) {
    guard let value = Self.find(name, in: query) else { return nil }
    var at = Int(value.offset)
    while at < value.end {
      guard count < LedgerLimits.noticeValueBytes else { return nil }
      bytes[count] = Self.decodedByte(of: query, &at, end: value.end)
      count += 1
    }
    while count > 0, Self.isSpace(bytes[count - 1]) { count -= 1 }
  }

  /// The number that the value writes in decimal; nil where it writes none.
  var number: DecimalNumber? { DecimalNumber(bytes.rawSpan.slice(start, count - start)) }

  /// The price that the value writes, rounded up to a micro; nil where it writes none, a negative
  /// one, or one that no CPM holds.
  var price: CPM? {
    guard let number, !number.isNegative || number.mantissa == 0 else { return nil }
    let micros = number.scaled(by: 6, rounding: .up)
    return micros < .max ? CPM(micros: micros) : nil
  }

  /// Whether the value is a word, letters compared without case.
  func equals(_ word: StaticString) -> Bool {
    bytes.rawSpan.slice(start, count - start).equalsIgnoringCase(word)
  }

  /// The place after the spaces in front.
  private var start: Int {
    var start = 0
    while start < count, Self.isSpace(bytes[start]) { start += 1 }
    return start
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "+")
  }

  /// The place of the first value of a name of one letter.
  private static func find(_ name: UInt8, in query: RawSpan) -> ByteSlice? {
    var at = 0
    while at < query.byteCount {
      let end = query.firstOffset(of: UInt8(ascii: "&"), from: at) ?? query.byteCount
      if end &- at >= 2, query.byte(at: at) == name, query.byte(at: at &+ 1) == UInt8(ascii: "=") {
        return ByteSlice(offset: at &+ 2, count: end &- at &- 2)
      }
      at = end &+ 1
    }
    return nil
  }

  /// The byte at an offset, which goes on past it; a `%` that no two digits follow stands for
  /// itself.
  private static func decodedByte(of query: RawSpan, _ at: inout Int, end: Int) -> UInt8 {
    let byte = query.byte(at: at)
    if byte == UInt8(ascii: "%"), at + 2 < end, let high = digit(query.byte(at: at + 1)),
      let low = digit(query.byte(at: at + 2))
    {
      at += 3
      return high << 4 | low
    }
    at += 1
    return byte
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    if byte &- 0x30 < 10 { return byte &- 0x30 }
    let letter = byte.asciiLowercased &- UInt8(ascii: "a")
    return letter < 6 ? letter + 10 : nil
  }
}
