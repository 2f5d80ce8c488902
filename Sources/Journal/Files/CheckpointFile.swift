import FixedMemory

/// The state before a segment: magic, version, that segment's number, payload bytes, and the sum of
/// the payload seeded with the sum of these (a u64 each, little-endian), then the payload.
enum CheckpointFile {
  static var headBytes: Int { 40 }
  private static var magic: UInt64 { 0x3154_504B_4344_4F4E }  // NODCKPT1
  private static var version: UInt64 { 1 }

  /// The head of a payload.
  ///
  /// - Complexity: O(payload).
  static func head(segment: UInt32, payload: [UInt8]) -> [UInt8] {
    var head: [UInt8] = []
    for word in [magic, version, UInt64(segment), UInt64(payload.count)] {
      head.append(word: word)
    }
    head.append(word: Checksum64.of(payload.rawSpan, seed: Checksum64.of(head.rawSpan)))
    return head
  }

  /// Why a file is no checkpoint of a segment, and at which byte; nil when it is one.
  ///
  /// - Complexity: O(bytes).
  static func problem(in bytes: RawSpan, segment: UInt32) -> (offset: Int, reason: String)? {
    guard bytes.byteCount >= headBytes else { return (bytes.byteCount, "the head is cut short") }
    guard bytes.word(at: 0) == magic else { return (0, "this is no checkpoint") }
    guard bytes.word(at: 8) == version else {
      return (8, "version \(bytes.word(at: 8)) of checkpoints; this is for \(version)")
    }
    guard bytes.word(at: 16) == UInt64(segment) else {
      return (16, "this is of segment \(bytes.word(at: 16))")
    }
    guard bytes.word(at: 24) == UInt64(bytes.byteCount - headBytes) else {
      return (
        24, "\(bytes.word(at: 24)) bytes were written, \(bytes.byteCount - headBytes) are left"
      )
    }
    let payload = bytes.slice(headBytes, bytes.byteCount - headBytes)
    let sum = Checksum64.of(payload, seed: Checksum64.of(bytes.slice(0, 32)))
    return sum == bytes.word(at: 32) ? nil : (32, "the checksum is wrong")
  }
}
