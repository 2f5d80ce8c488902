/// A member of an object whose name was read, and what was seen of its value, at which the reader
/// stands.
struct JSONMember {
  /// The name, as ``JSONKey`` has it.
  let code: UInt64
  /// The first six bytes of the value, the first in the lowest; zero where they were not seen.
  let ahead: UInt64
  /// The closing quote of the next string, which is the value where that begins with a quote: of
  /// more than 31 bits where it has an escape.
  private let end: UInt32

  /// A member of whose value nothing was seen.
  init(code: UInt64) {
    self.code = code
    ahead = 0
    end = 0
  }

  @inline(__always)
  init(code: UInt64, ahead: UInt64, end: Int) {
    self.code = code
    self.ahead = ahead
    self.end = UInt32(truncatingIfNeeded: end)
  }

  /// The closing quote of the value; nil where it is not seen to be a string without escapes.
  @inline(__always)
  var plainEnd: Int? {
    guard UInt8(truncatingIfNeeded: ahead) == JSONText.quote, end <= UInt32(Int32.max) else {
      return nil
    }
    return Int(end)
  }

  /// The value where it is seen to be a single digit with nothing behind it.
  @inline(__always)
  var digit: Int32? {
    let value = UInt8(truncatingIfNeeded: ahead) &- 0x30
    let next = UInt8(truncatingIfNeeded: ahead &>> 8)
    guard value < 10, next == UInt8(ascii: ",") || next == UInt8(ascii: "}") else { return nil }
    return Int32(value)
  }
}
