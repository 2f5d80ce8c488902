import FixedMemory

/// A line of a suppression file: `id_space:id`, optionally a tab and a reason.
///
/// The space's name ends at the first colon; the id may hold more of them, but no space. Spaces at
/// the end of the id are skipped.
struct SuppressionLine: Equatable {
  /// The name of the id's space.
  private(set) var space = ByteSlice.empty
  /// The id's bytes.
  private(set) var id = ByteSlice.empty

  /// Takes a line apart.
  ///
  /// - Complexity: O(bytes).
  mutating func parse(_ bytes: RawSpan, _ line: ByteSlice) -> LineVerdict {
    if Blank.isBlank(bytes, line) { return .empty }
    let start = Int(line.offset)
    var colon = start
    while colon < line.end, bytes.byte(at: colon) != 0x3A { colon &+= 1 }
    var end = colon
    while end < line.end, bytes.byte(at: end) != 0x09 { end &+= 1 }
    while end > colon, bytes.byte(at: end &- 1) == 0x20 { end &-= 1 }
    guard colon > start, end > colon &+ 1 else { return .malformed }
    space = ByteSlice(offset: start, count: colon &- start)
    id = ByteSlice(offset: colon &+ 1, count: end &- colon &- 1)
    for offset in start..<end where bytes.byte(at: offset) <= 0x20 { return .malformed }
    return .valid
  }
}
