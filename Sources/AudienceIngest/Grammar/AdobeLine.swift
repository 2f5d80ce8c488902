import FixedMemory

/// A line of an Adobe outbound file: `UUID SP SEG(,SEG)* [SP REMOVED(,REMOVED)*]`.
///
/// A run of spaces is one separator, also at the end of the line. A segment is a decimal number
/// without leading zeros; other tokens, empty ones included, are bad segments, which are counted
/// and skipped. A line needs an id and one good segment in either list: text that has nothing of
/// the grammar is malformed instead of a user without segments. A line that begins with a space,
/// or has a fourth field, is malformed.
struct AdobeLine {
  /// The id's bytes.
  private(set) var id = ByteSlice.empty
  /// Numbers of the first list's good segments, as they come.
  private(set) var added: [UInt64] = []
  /// Numbers of the second list's good segments.
  private(set) var removed: [UInt64] = []
  /// Tokens of both lists that are no segment.
  private(set) var badSegments = 0

  /// Takes a line apart; the earlier one's memory is used again.
  ///
  /// - Complexity: O(bytes).
  mutating func parse(_ bytes: RawSpan, _ line: ByteSlice) -> LineVerdict {
    added.removeAll(keepingCapacity: true)
    removed.removeAll(keepingCapacity: true)
    badSegments = 0
    let end = line.end
    var offset = Int(line.offset)
    if Blank.isBlank(bytes, line) { return .empty }
    while offset < end, bytes.byte(at: offset) != 0x20 { offset &+= 1 }
    id = ByteSlice(offset: Int(line.offset), count: offset &- Int(line.offset))
    Self.skipSpaces(bytes, &offset, end)
    guard !id.isEmpty, offset < end else { return .malformed }
    Self.readList(bytes, &offset, end, into: &added, bad: &badSegments)
    Self.skipSpaces(bytes, &offset, end)
    if offset < end {
      Self.readList(bytes, &offset, end, into: &removed, bad: &badSegments)
      Self.skipSpaces(bytes, &offset, end)
    }
    return offset == end && !(added.isEmpty && removed.isEmpty) ? .valid : .malformed
  }

  @inline(__always)
  private static func skipSpaces(_ bytes: RawSpan, _ offset: inout Int, _ end: Int) {
    while offset < end, bytes.byte(at: offset) == 0x20 { offset &+= 1 }
  }

  /// Reads tokens up to a space or the end; a token ends at a comma.
  private static func readList(
    _ bytes: RawSpan, _ offset: inout Int, _ end: Int, into numbers: inout [UInt64],
    bad: inout Int
  ) {
    var value: UInt64 = 0
    var digits = 0
    var isGood = true
    while true {
      let byte = offset < end ? bytes.byte(at: offset) : 0x20
      let digit = byte &- 0x30
      if digit < 10 {
        if digits == IngestLimits.segmentDigits || (digits > 0 && value == 0) {
          isGood = false
        } else {
          value = value &* 10 &+ UInt64(digit)
          digits &+= 1
        }
      } else if byte == 0x2C || byte == 0x20 {
        if isGood && digits > 0 { numbers.append(value) } else { bad &+= 1 }
        if byte == 0x20 { return }
        value = 0
        digits = 0
        isGood = true
      } else {
        isGood = false
      }
      offset &+= 1
    }
  }
}
