import FixedMemory

/// What counts as nothing on a line.
enum Blank {
  /// Whether a line has only spaces and tabs, or nothing.
  static func isBlank(_ bytes: RawSpan, _ line: ByteSlice) -> Bool {
    var offset = Int(line.offset)
    while offset < line.end {
      let byte = bytes.byte(at: offset)
      guard byte == 0x20 || byte == 0x09 else { return false }
      offset &+= 1
    }
    return true
  }
}
