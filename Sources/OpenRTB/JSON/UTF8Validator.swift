import FixedMemory

/// Well-formed UTF-8 (Unicode 16, table 3-7).
enum UTF8Validator {
  /// The offset of the first ASCII byte after the sequences that begin at `start`.
  ///
  /// - Complexity: O(bytes).
  static func endOfSequences(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
    var at = start
    repeat {
      at = try endOfSequence(body, at)
    } while at < body.byteCount && body.byte(at: at) >= 0x80
    return at
  }

  private static func endOfSequence(_ body: RawSpan, _ start: Int) throws(JSONFault) -> Int {
    let first = body.byte(at: start)
    let (length, second) = try shape(first)
    guard start &+ length <= body.byteCount, second.contains(body.byte(at: start &+ 1)) else {
      throw .malformed
    }
    var index = 2
    while index < length {
      guard body.byte(at: start &+ index) & 0xC0 == 0x80 else { throw .malformed }
      index &+= 1
    }
    return start &+ length
  }

  /// The length of a sequence by its first byte, and what its second byte may be.
  private static func shape(_ first: UInt8) throws(JSONFault) -> (Int, ClosedRange<UInt8>) {
    switch first {
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    default: throw .malformed
    }
  }
}
