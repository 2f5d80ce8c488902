import FixedMemory

/// Where the strings of a JSON text begin and end: the quotes around them, found 64 bytes at a time
/// and ahead of the reader.
///
/// All that stands inside strings is checked here, also in those that the reader skips: no control
/// character, sound escapes and sound UTF-8 (RFC 8259 sections 7 and 8). What stands outside of
/// them the reader sees byte by byte.
struct StringIndex: ~Copyable {
  /// The quotes from the next string on, an opening and a closing one in turn; the closing ones of
  /// strings that hold an escape have their highest bit set. (So has a quote behind a backslash
  /// outside of strings, which the reader meets first.)
  private var quotes = FixedArray<UInt32>(capacity: RequestLimits.quotesAhead)
  /// The opening quote of the next string, in 32 bits: so the places behind it are known to be.
  private var next: UInt32 = 0
  /// The bytes that were looked at.
  private var scanned = 0
  /// Where the last escape or sequence of bytes beyond ASCII ended.
  private var passed = 0
  /// Whether the last string that was looked at holds an escape, and goes on.
  private var endsEscaped = false

  /// Marks the closing quote of a string that holds an escape: no text is as long.
  private static var escaped: UInt32 { 1 &<< 31 }

  /// The quotes that must fit for another window to be looked at.
  private static var roomAhead: Int { 2 * StringMarks.windowBytes }

  /// Forgets the text.
  mutating func removeAll() {
    quotes.removeAll()
    next = 0
    scanned = 0
    passed = 0
    endsEscaped = false
  }

  /// The closing quote of the next string, which is thereby passed, where it is known without
  /// looking ahead and the string has no escape.
  @inline(__always)
  mutating func takePlainEnd() -> Int? {
    guard let end = plainEnd(at: nextQuote) else { return nil }
    passString()
    return end
  }

  /// The number of the next string's opening quote, for who passes several strings at a time.
  @inline(__always)
  var nextQuote: Int { Int(next) }

  /// The closing quote of the string whose opening quote has a number, where it is known and the
  /// string has no escape.
  @inline(__always)
  func plainEnd(at quote: Int) -> Int? {
    guard UInt(bitPattern: quote &+ 1) < UInt(bitPattern: quotes.count) else { return nil }
    let end = quotes[quote &+ 1]
    return end < Self.escaped ? Int(end) : nil
  }

  /// The closing quote of the string whose opening quote has a number, where it is known.
  @inline(__always)
  func end(at quote: Int) -> Int? {
    guard UInt(bitPattern: quote &+ 1) < UInt(bitPattern: quotes.count) else { return nil }
    return Int(quotes[quote &+ 1] & ~Self.escaped)
  }

  /// The closing quotes of the next string and of the one behind it, where both are known; past the
  /// end of any text for a string with an escape.
  @inline(__always)
  var nextEnds: (first: Int, second: Int)? {
    let quote = nextQuote
    guard UInt(bitPattern: quote &+ 3) < UInt(bitPattern: quotes.count) else { return nil }
    return (Int(quotes[quote &+ 1]), Int(quotes[quote &+ 3]))
  }

  /// Passes the next string.
  @inline(__always)
  mutating func passString() { next &+= 2 }

  /// Passes all strings before the one whose opening quote has a number.
  @inline(__always)
  mutating func pass(to quote: Int) { next = UInt32(truncatingIfNeeded: quote) }

  /// Where the next string ends, which is thereby passed.
  @inline(__always)
  mutating func takeEnd(_ body: RawSpan) throws(JSONFault) -> StringEnd {
    if let end = takePlainEnd() { return StringEnd(offset: end, hasEscapes: false) }
    return try takeOtherEnd(body)
  }

  private mutating func takeOtherEnd(_ body: RawSpan) throws(JSONFault) -> StringEnd {
    if nextQuote &+ 1 >= quotes.count { try scan(body) }
    let end = quotes[nextQuote &+ 1]
    passString()
    return StringEnd(offset: Int(end & ~Self.escaped), hasEscapes: end >= Self.escaped)
  }

  /// Looks ahead until there are quotes enough or no bytes are left.
  @inline(never)
  private mutating func scan(_ body: RawSpan) throws(JSONFault) {
    let opening = nextQuote < quotes.count ? quotes[nextQuote] : nil
    quotes.removeAll()
    if let opening { quotes.append(opening) }
    next = 0
    while scanned < body.byteCount {
      if passed <= scanned { scanPlainWindows(body) }
      guard scanned < body.byteCount, quotes.capacity &- quotes.count >= Self.roomAhead else {
        break
      }
      try scanWindow(body)
    }
    guard quotes.count >= 2 else { throw .malformed }
  }

  /// Looks at windows up to one that has more in it than quotes.
  private mutating func scanPlainWindows(_ body: RawSpan) {
    let count = quotes.count
    scanned = quotes.appendQuotes(of: body, from: scanned)
    guard endsEscaped, quotes.count > count else { return }
    quotes[count] |= Self.escaped
    endsEscaped = false
  }

  /// Looks at a window that has more in it than quotes, or is the last.
  private mutating func scanWindow(_ body: RawSpan) throws(JSONFault) {
    var escapes: UInt64 = 0
    var found = try checkedQuotes(body, body.stringMarks(at: scanned), &escapes)
    while found != 0 {
      let bit = found.trailingZeroBitCount
      let before = Self.bits(below: bit)
      if escapes & before != 0 { endsEscaped = true }
      escapes &= ~before
      let place = UInt32(truncatingIfNeeded: scanned &+ bit)
      quotes.append(endsEscaped ? place | Self.escaped : place)
      endsEscaped = false
      found &= found &- 1
    }
    if escapes != 0 { endsEscaped = true }
    scanned &+= StringMarks.windowBytes
  }

  /// The quotes of a window that are not escaped, after a look at what else is in it: the
  /// backslashes that begin an escape are told too.
  private mutating func checkedQuotes(
    _ body: RawSpan, _ marks: StringMarks, _ escapes: inout UInt64
  ) throws(JSONFault) -> UInt64 {
    let covered = Self.bits(below: passed &- scanned)
    var specials = marks.specials & ~covered
    var found = marks.quotes & ~covered
    while specials != 0 {
      let place = specials.trailingZeroBitCount
      let before = Self.bits(below: place)
      let isInside = (quotes.count &+ (found & before).nonzeroBitCount) & 1 != 0
      passed = try endOfSpecial(body, scanned &+ place, isInside: isInside)
      if body.byte(at: scanned &+ place) == JSONText.backslash { escapes |= 1 &<< UInt64(place) }
      let after = ~Self.bits(below: passed &- scanned)
      specials &= after
      found &= before | after
    }
    return found
  }

  /// The offset after the escape, the control character or the sequence at `start`.
  ///
  /// - Parameter isInside: whether a string holds it. Outside of strings, control characters are
  ///   white space or malformed, and what would be an escape is malformed, as the reader says.
  private mutating func endOfSpecial(
    _ body: RawSpan, _ start: Int, isInside: Bool
  ) throws(JSONFault) -> Int {
    let byte = body.byte(at: start)
    if byte == JSONText.backslash { return try JSONText.endOfEscape(body, start) }
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

/// Where a string ends.
struct StringEnd {
  /// Its closing quote.
  let offset: Int
  /// Whether it holds a backslash.
  let hasEscapes: Bool
}
