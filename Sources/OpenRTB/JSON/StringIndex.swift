import FixedMemory

/// Where the strings of a JSON text begin and end: the quotes around them, found 64 bytes at a time
/// and ahead of the reader.
///
/// All that stands inside strings is checked here, also in those that the reader skips: no control
/// character, sound escapes and sound UTF-8 (RFC 8259 sections 7 and 8). What stands outside of
/// them the reader sees byte by byte.
struct StringIndex: ~Copyable {
  /// The quotes from the next string on, an opening and a closing one in turn; none when one of
  /// the strings that were looked at holds an escape.
  private var quotes = FixedArray<UInt32>(capacity: RequestLimits.quotesAhead)
  /// The quotes when one of the strings that were looked at holds an escape: they are elsewhere so
  /// that one comparison tells whether a string is known and plain.
  private var others = FixedArray<UInt32>(capacity: RequestLimits.quotesAhead)
  /// The opening quote of the next string, in 32 bits: so the places behind it are known to be.
  private var next: UInt32 = 0
  /// The bytes that were looked at.
  private var scanned = 0
  /// Where the last escape or sequence of bytes beyond ASCII ended.
  private var passed = 0
  /// Whether a string that was looked at holds an escape.
  private(set) var hasEscapes = false

  /// The quotes that must fit for another window to be looked at.
  private static var roomAhead: Int { 2 * StringMarks.windowBytes }

  /// Forgets the text.
  mutating func removeAll() {
    quotes.removeAll()
    others.removeAll()
    next = 0
    scanned = 0
    passed = 0
    hasEscapes = false
  }

  /// The closing quote of the next string, which is thereby passed, where it is known without
  /// looking ahead and no string has an escape.
  @inline(__always)
  mutating func takePlainEnd() -> Int? {
    guard let end = plainEnd(at: place) else { return nil }
    passString()
    return end
  }

  /// The number of the next string's opening quote, for who passes several strings at a time.
  @inline(__always)
  var place: Int { Int(next) }

  /// The closing quote of the string whose opening quote has a number, where it is known and no
  /// string has an escape.
  @inline(__always)
  func plainEnd(at place: Int) -> Int? {
    guard UInt(bitPattern: place &+ 1) < UInt(bitPattern: quotes.count) else { return nil }
    return Int(quotes[place &+ 1])
  }

  /// The closing quotes of the next string and of the one behind it, where both are known and no
  /// string has an escape.
  @inline(__always)
  var plainEnds: (first: Int, second: Int)? {
    let place = self.place
    guard UInt(bitPattern: place &+ 3) < UInt(bitPattern: quotes.count) else { return nil }
    return (Int(quotes[place &+ 1]), Int(quotes[place &+ 3]))
  }

  /// Passes the next string.
  @inline(__always)
  mutating func passString() { next &+= 2 }

  /// Passes all strings before the one whose opening quote has a number.
  @inline(__always)
  mutating func pass(to place: Int) { next = UInt32(truncatingIfNeeded: place) }

  /// The closing quote of the next string, which is thereby passed.
  @inline(__always)
  mutating func takeEnd(_ body: RawSpan) throws(JSONFault) -> Int {
    if let end = takePlainEnd() { return end }
    return try takeOtherEnd(body)
  }

  private mutating func takeOtherEnd(_ body: RawSpan) throws(JSONFault) -> Int {
    if place &+ 1 >= quotes.count &+ others.count { try scan(body) }
    let end = hasEscapes ? others[place &+ 1] : quotes[place &+ 1]
    passString()
    return Int(end)
  }

  /// Looks ahead until there are quotes enough or no bytes are left.
  @inline(never)
  private mutating func scan(_ body: RawSpan) throws(JSONFault) {
    if hasEscapes { swap(&quotes, &others) }
    let opening = place < quotes.count ? quotes[place] : nil
    quotes.removeAll()
    if let opening { quotes.append(opening) }
    next = 0
    while scanned < body.byteCount {
      if passed <= scanned { scanned = quotes.appendQuotes(of: body, from: scanned) }
      guard scanned < body.byteCount, quotes.capacity &- quotes.count >= Self.roomAhead else {
        break
      }
      try scanWindow(body)
    }
    guard quotes.count >= 2 else { throw .malformed }
    if hasEscapes { swap(&quotes, &others) }
  }

  /// Looks at a window that has more in it than quotes, or is the last.
  private mutating func scanWindow(_ body: RawSpan) throws(JSONFault) {
    var found = try checkedQuotes(body, body.stringMarks(at: scanned))
    while found != 0 {
      quotes.append(UInt32(truncatingIfNeeded: scanned &+ found.trailingZeroBitCount))
      found &= found &- 1
    }
    scanned &+= StringMarks.windowBytes
  }

  /// The quotes of a window that are not escaped, after a look at what else is in it.
  private mutating func checkedQuotes(
    _ body: RawSpan, _ marks: StringMarks
  ) throws(JSONFault) -> UInt64 {
    let covered = Self.bits(below: passed &- scanned)
    var specials = marks.specials & ~covered
    var found = marks.quotes & ~covered
    while specials != 0 {
      let place = specials.trailingZeroBitCount
      let before = Self.bits(below: place)
      let isInside = (quotes.count &+ (found & before).nonzeroBitCount) & 1 != 0
      passed = try endOfSpecial(body, scanned &+ place, isInside: isInside)
      let after = ~Self.bits(below: passed &- scanned)
      specials &= after
      found &= before | after
    }
    return found
  }

  /// The offset after the escape, the control character or the sequence at `start`.
  ///
  /// - Parameter isInside: whether a string holds it. Control characters outside of strings are
  ///   white space, or malformed, as the reader says.
  private mutating func endOfSpecial(
    _ body: RawSpan, _ start: Int, isInside: Bool
  ) throws(JSONFault) -> Int {
    let byte = body.byte(at: start)
    if byte == JSONText.backslash {
      hasEscapes = true
      return try JSONText.endOfEscape(body, start)
    }
    if byte >= 0x80 { return try UTF8Validator.endOfSequences(body, start) }
    if isInside { throw .malformed }
    return start &+ 1
  }

  /// The lowest bits of a word, as many as are asked for.
  private static func bits(below count: Int) -> UInt64 {
    if count <= 0 { return 0 }
    return count >= 64 ? .max : 1 &<< UInt64(count) &- 1
  }
}
