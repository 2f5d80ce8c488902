import FixedMemory

/// A file that is written at once and read at once: magic, version, number, payload bytes, and the
/// sum of the payload seeded with the sum of these (a u64 each, little-endian), then the payload.
enum SealedFile: UInt64 {
  /// The state before a segment; its number is the segment's.
  case checkpoint = 0x3154_504B_4344_4F4E  // NODCKPT1
  /// What is counted for frequency caps.
  case caps = 0x3153_5041_4344_4F4E  // NODCAPS1

  static var headBytes: Int { 40 }
  private static var version: UInt64 { 1 }

  /// The head of a payload.
  ///
  /// - Complexity: O(payload).
  func head(number: UInt32, payload: [UInt8]) -> [UInt8] {
    var head: [UInt8] = []
    for word in [rawValue, Self.version, UInt64(number), UInt64(payload.count)] {
      head.append(word: word)
    }
    head.append(word: Checksum64.of(payload.rawSpan, seed: Checksum64.of(head.rawSpan)))
    return head
  }

  /// Why some bytes are no such file of a number, and at which byte; nil when they are one.
  ///
  /// - Complexity: O(bytes).
  func problem(in bytes: RawSpan, number: UInt32) -> (offset: Int, reason: String)? {
    guard bytes.byteCount >= Self.headBytes else {
      return (bytes.byteCount, "the head is cut short")
    }
    let payloadBytes = bytes.byteCount - Self.headBytes
    let payload = bytes.slice(Self.headBytes, payloadBytes)
    guard bytes.word(at: 0) == rawValue else { return (0, "the file is of another kind") }
    guard bytes.word(at: 8) == Self.version else {
      return (8, "this is version \(bytes.word(at: 8)), not \(Self.version)")
    }
    guard bytes.word(at: 16) == UInt64(number) else {
      return (16, "this is number \(bytes.word(at: 16))")
    }
    guard bytes.word(at: 24) == UInt64(payloadBytes) else {
      return (24, "\(bytes.word(at: 24)) bytes were written, \(payloadBytes) are left")
    }
    let sum = Checksum64.of(payload, seed: Checksum64.of(bytes.slice(0, 32)))
    return sum == bytes.word(at: 32) ? nil : (32, "the checksum is wrong")
  }
}
