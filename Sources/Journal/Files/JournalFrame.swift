import FixedMemory

/// One group commit in a segment: a head of 16 bytes, then the payload, padded with zeros to a
/// multiple of 8.
///
/// The head: payload bytes (u32), the lower half of the head's sum (u32), the frame's sum (u64).
/// The head's sum is XXH64 over segment number, offset and payload bytes (a u64 each); the frame's
/// sum is XXH64 over the padded payload, seeded with the head's. So a frame is valid in its own
/// place alone, and almost all places are seen to hold none without reading what follows.
enum JournalFrame {
  static var headBytes: Int { 16 }

  /// Bytes of a frame in the file.
  static func byteCount(payload: Int) -> Int { headBytes + (payload + 7) & ~7 }

  /// Puts a frame for a place into an empty buffer; false when the payload is empty or too long.
  ///
  /// - Complexity: O(payload).
  static func seal(_ payload: RawSpan, at place: JournalPosition, into buffer: inout FixedBuffer)
    -> Bool
  {
    let count = payload.byteCount
    guard count > 0, count <= JournalLimits.frameBytes else { return false }
    buffer.removeAll()
    buffer.append(word: 0)
    buffer.append(word: 0)
    buffer.append(payload)
    for _ in count..<(count + 7) & ~7 { buffer.append(0) }
    precondition(!buffer.overflowed)
    let head = headSum(place, count: count)
    let sum = Checksum64.of(
      buffer.bytes.slice(headBytes, buffer.count - headBytes), seed: head)
    buffer.set(word: UInt64(count) | head << 32, at: 0)
    buffer.set(word: sum, at: 8)
    return true
  }

  /// The payload bytes of the frame that some bytes begin with, written at a place; nil where no
  /// valid one is.
  ///
  /// - Complexity: O(payload) where the head is valid, else O(1).
  static func payloadCount(of bytes: RawSpan, at place: JournalPosition) -> Int? {
    guard bytes.byteCount >= headBytes else { return nil }
    let word = bytes.word(at: 0)
    let count = Int(word & 0xFFFF_FFFF)
    guard count > 0, count <= JournalLimits.frameBytes,
      byteCount(payload: count) <= bytes.byteCount
    else { return nil }
    let head = headSum(place, count: count)
    guard word >> 32 == head & 0xFFFF_FFFF else { return nil }
    let padded = bytes.slice(headBytes, (count + 7) & ~7)
    return Checksum64.of(padded, seed: head) == bytes.word(at: 8) ? count : nil
  }

  /// As ``payloadCount(of:at:)``, of all bytes of the place's segment.
  static func payloadCount(in segment: RawSpan, at place: JournalPosition) -> Int? {
    let offset = Int(place.offset)
    guard offset <= segment.byteCount else { return nil }
    return payloadCount(of: segment.slice(offset, segment.byteCount - offset), at: place)
  }

  /// The first place behind another one at which a valid frame starts; nil when there is none.
  ///
  /// Frames start at multiples of 8, and are valid at no other place than where they were written.
  ///
  /// - Complexity: O(bytes).
  static func firstValid(in bytes: RawSpan, behind place: JournalPosition) -> JournalPosition? {
    var next = place
    next.offset = (place.offset + 8) & ~7
    while Int(next.offset) + headBytes <= bytes.byteCount {
      if payloadCount(in: bytes, at: next) != nil { return next }
      next.offset += 8
    }
    return nil
  }

  private static func headSum(_ place: JournalPosition, count: Int) -> UInt64 {
    var bytes: [UInt8] = []
    bytes.append(word: UInt64(place.segment))
    bytes.append(word: UInt64(place.offset))
    bytes.append(word: UInt64(count))
    return Checksum64.of(bytes.rawSpan)
  }
}
