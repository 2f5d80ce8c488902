import FixedMemory

/// A head that was read before, by which the same one is known again without reading it: a peer
/// sends one head over and over, but for the number in `content-length`.
///
/// All other bytes must be the same, so that it says what ``RequestHeadParser`` would say.
package struct RepeatedHead: ~Copyable {
  private var bytes = FixedBuffer(capacity: HTTP1Limits.repeatedHeadBytes)
  private var parser = RequestHeadParser()

  /// Knows no head yet.
  package init() {}

  /// Takes a whole head and the parser that has read it; forgets it where its answer may depend on
  /// more than its bytes, or where it is too long.
  package mutating func hold(_ head: RawSpan, _ parser: RequestHeadParser) {
    bytes.removeAll()
    guard parser.head.framing == .length, !parser.fields.contains(.expectContinue),
      parser.lengthDigits.count <= HTTP1Limits.repeatedDigits, head.byteCount <= bytes.capacity
    else { return }
    bytes.append(head)
    self.parser = parser
  }

  /// Reads the head that some bytes start with, if it is the same but for the length; says how many
  /// bytes it has, or nil, and nothing is changed.
  ///
  /// - Complexity: O(head), by comparing.
  @inline(__always)
  package func read(_ other: RawSpan, into parser: inout RequestHeadParser) -> Int? {
    guard !bytes.isEmpty else { return nil }
    let start = Int(self.parser.lengthDigits.offset)
    guard other.starts(with: bytes.bytes.slice(0, start)) else { return nil }
    var end = start
    var length = 0
    while end &- start < HTTP1Limits.repeatedDigits {
      let digit = other.byte(at: end, orAtEnd: 0) &- 0x30
      guard digit < 10 else { break }
      length = length &* 10 &+ Int(digit)
      end &+= 1
    }
    let oldEnd = self.parser.lengthDigits.end
    let rest = bytes.bytes.slice(oldEnd, bytes.count &- oldEnd)
    guard end > start, other.slice(end, other.byteCount &- end).starts(with: rest) else {
      return nil
    }
    parser = self.parser
    parser.head.contentLength = length
    return end &+ rest.byteCount
  }
}
