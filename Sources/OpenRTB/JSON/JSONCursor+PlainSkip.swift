import FixedMemory

extension JSONCursor {
  /// Passes the object or array at the cursor, checking all of it, where it is written as most
  /// machines write it: without white space, in few levels, and with strings whose ends are known.
  /// False, and nothing is passed, for anything else, be it malformed or not.
  ///
  /// - Complexity: O(bytes).
  mutating func skipPlainContainer(_ body: RawSpan) -> Bool {
    guard depth &+ PlainLevels.most <= RequestLimits.depth else { return false }
    var levels = PlainLevels()
    var quotes = strings.nextQuote
    var at = offset
    repeat {
      let first = Self.byte(body, at)
      if first == JSONText.quote {
        guard let end = strings.end(at: quotes) else { return false }
        at = end &+ 1
        quotes &+= 2
      } else if first | 0x20 == UInt8(ascii: "{") {
        guard levels.open(first) else { return false }
        at &+= 1
        let second = Self.byte(body, at)
        if second != levels.closing {
          guard levels.isInObject else { continue }
          guard second == JSONText.quote, skipPlainName(body, &at, &quotes) else { return false }
          continue
        }
      } else if first &- 0x30 < 10 && Self.byte(body, at &+ 1) == UInt8(ascii: ",") {
        at &+= 1
      } else {
        guard let end = try? Self.endOfScalar(body, at) else { return false }
        at = end
      }
      while Self.byte(body, at) != UInt8(ascii: ",") {
        guard Self.byte(body, at) == levels.closing else { return false }
        at &+= 1
        levels.close()
        if levels.isEmpty {
          offset = at
          strings.pass(to: quotes)
          return true
        }
      }
      at &+= 1
      if levels.isInObject {
        guard Self.byte(body, at) == JSONText.quote, skipPlainName(body, &at, &quotes) else {
          return false
        }
      }
    } while true
  }

  /// Passes a name and the colon right behind it.
  @inline(__always)
  private func skipPlainName(_ body: RawSpan, _ at: inout Int, _ quotes: inout Int) -> Bool {
    guard let end = strings.end(at: quotes), end &+ 2 <= body.byteCount,
      body.halfWord(at: end) == UInt16(JSONWord.quoteColon)
    else { return false }
    at = end &+ 2
    quotes &+= 2
    return true
  }
}

/// The few objects and arrays that are open, a bit each, the innermost the lowest: one for an
/// object. Above them stands a one.
private struct PlainLevels {
  private var bits: UInt64 = 1

  /// How many may be open.
  static var most: Int { 62 }

  @inline(__always) var isEmpty: Bool { bits == 1 }
  @inline(__always) var isInObject: Bool { bits & 1 != 0 }

  /// What closes the innermost: braces and brackets differ in one bit.
  @inline(__always)
  var closing: UInt8 { UInt8(ascii: "]") | UInt8(truncatingIfNeeded: bits & 1) &<< 5 }

  /// Opens what a brace or bracket begins; false where too many are open.
  @inline(__always)
  mutating func open(_ byte: UInt8) -> Bool {
    guard bits &>> UInt64(Self.most) == 0 else { return false }
    bits = bits &<< 1 | UInt64(byte &>> 5 & 1)
    return true
  }

  @inline(__always)
  mutating func close() { bits &>>= 1 }
}
