import FixedMemory

/// Which bytes may stand where in a head (RFC 9110 section 5.6.2, RFC 3986 section 3.2.2).
enum ByteClass {
  /// `tchar`: letters, digits and ``!#$%&'*+-.^_`|~``.
  @inline(__always)
  static func isToken(_ byte: UInt8) -> Bool {
    contains(byte, 0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE)
  }

  /// What a host with a port is made of: unreserved, sub-delims, `%`, `:`, `[`, `]`.
  @inline(__always)
  static func isHost(_ byte: UInt8) -> Bool {
    contains(byte, 0x2FFF_7FF2_0000_0000, 0x47FF_FFFE_AFFF_FFFE)
  }

  @inline(__always)
  private static func contains(_ byte: UInt8, _ low: UInt64, _ high: UInt64) -> Bool {
    guard byte < 128 else { return false }
    return (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 != 0
  }
}

extension RawSpan {
  /// The first byte in `start..<end` that is a control character other than a tab, or `end`.
  ///
  /// - Complexity: O(`end - start`), a word at a time.
  @inline(__always)
  func firstControl(from start: Int, to end: Int) -> Int {
    var offset = start
    while offset &+ 8 <= end {
      let word = self.word(at: offset)
      // The lowest hit of each is exact; borrows make false ones only above it.
      let low = (word &- 0x2020_2020_2020_2020) & ~word
      let delete = word ^ 0x7F7F_7F7F_7F7F_7F7F
      let hit = (low | (delete &- 0x0101_0101_0101_0101) & ~delete) & 0x8080_8080_8080_8080
      if hit == 0 {
        offset &+= 8
        continue
      }
      offset &+= hit.trailingZeroBitCount / 8
      if byte(at: offset) != 0x09 { return offset }
      offset &+= 1
    }
    while offset < end {
      let byte = self.byte(at: offset)
      if byte < 0x20 && byte != 0x09 || byte == 0x7F { return offset }
      offset &+= 1
    }
    return end
  }

  /// The first place of a byte in `start..<end`, or `end`.
  ///
  /// - Complexity: O(`end - start`), a word at a time.
  @inline(__always)
  func first(_ value: UInt8, from start: Int, to end: Int) -> Int {
    var offset = start
    let pattern = UInt64(value) &* 0x0101_0101_0101_0101
    while offset &+ 8 <= end {
      let difference = word(at: offset) ^ pattern
      let hit = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
      if hit != 0 { return offset &+ hit.trailingZeroBitCount / 8 }
      offset &+= 8
    }
    while offset < end, byte(at: offset) != value { offset &+= 1 }
    return offset
  }

  /// Whether `start..<end` holds bytes of a token only.
  ///
  /// - Complexity: O(`end - start`).
  @inline(__always)
  func isToken(from start: Int, to end: Int) -> Bool {
    var place = start
    while place < end {
      guard ByteClass.isToken(byte(at: place)) else { return false }
      place &+= 1
    }
    return true
  }

  /// Whether `start..<end` holds visible ASCII only, given that there are no control characters
  /// other than tabs.
  ///
  /// - Complexity: O(`end - start`), a word at a time.
  @inline(__always)
  func isVisibleASCII(from start: Int, to end: Int) -> Bool {
    var offset = start
    while offset &+ 8 <= end {
      let word = self.word(at: offset)
      if ((word &- 0x2121_2121_2121_2121) | word) & 0x8080_8080_8080_8080 != 0 { return false }
      offset &+= 8
    }
    while offset < end {
      if byte(at: offset) &- 0x21 > 0x7E - 0x21 { return false }
      offset &+= 1
    }
    return true
  }

  /// The part of `start..<end` without spaces and tabs around it.
  @inline(__always)
  func trimmed(from start: Int, to end: Int) -> (start: Int, end: Int) {
    var start = start
    var end = end
    while start < end, byte(at: start) == 0x20 || byte(at: start) == 0x09 { start &+= 1 }
    while start < end, byte(at: end &- 1) == 0x20 || byte(at: end &- 1) == 0x09 { end &-= 1 }
    return (start, end)
  }
}
