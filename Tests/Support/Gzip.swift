/// Writes gzip files for tests, in stored blocks: every byte is what RFC 1951 and 1952 say.
package enum Gzip {
  /// One member that decodes to some bytes.
  package static func member(_ bytes: [UInt8]) -> [UInt8] {
    var member: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    var start = 0
    repeat {
      let end = min(bytes.count, start + 0xFFFF)
      let length = UInt16(end - start)
      member.append(end == bytes.count ? 1 : 0)
      member += littleEndian(UInt32(length) | UInt32(~length) << 16)
      member += bytes[start..<end]
      start = end
    } while start < bytes.count
    return member + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
  }

  /// The CRC-32 of RFC 1952, section 8.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value = UInt32.max
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value >> 1 ^ (value & 1 == 0 ? 0 : 0xEDB8_8320) }
    }
    return ~value
  }

  private static func littleEndian(_ value: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
