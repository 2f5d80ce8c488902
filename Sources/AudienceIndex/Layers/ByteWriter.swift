/// Bytes that are put together for a file: little-endian words, LEB128 numbers, texts.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  var count: Int { bytes.count }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(word32 value: UInt32) {
    var rest = value
    for _ in 0..<4 {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest &>>= 8
    }
  }

  mutating func append(word value: UInt64) {
    append(word32: UInt32(truncatingIfNeeded: value))
    append(word32: UInt32(truncatingIfNeeded: value &>> 32))
  }

  /// Seven bits a byte, the lowest first, the high bit set on all but the last (LEB128).
  @inline(__always)
  mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest &>>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// A length and the bytes.
  mutating func append(text: String) {
    append(varint: UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  mutating func append(contentsOf other: [UInt8]) { bytes.append(contentsOf: other) }

  /// A part of another writer's bytes.
  mutating func append(_ other: ByteWriter, _ start: Int, _ end: Int) {
    bytes.append(contentsOf: other.bytes[start..<end])
  }

  /// Adds zeros up to a length.
  mutating func pad(to length: Int) {
    while bytes.count < length { bytes.append(0) }
  }
}
