import FixedMemory

/// A place in some bytes from which numbers and texts are read in order.
///
/// Reading past the end returns nil from the checked reads; it is a precondition failure in the
/// unchecked ones, which serve bytes whose checksum was verified.
struct ByteReader {
  var offset: Int

  /// A LEB128 number of bytes that were verified.
  @inline(__always)
  mutating func varint(_ bytes: RawSpan) -> UInt64 {
    var byte = bytes.byte(at: offset)
    offset &+= 1
    var value = UInt64(byte & 0x7f)
    var shift: UInt64 = 7
    while byte >= 0x80 {
      byte = bytes.byte(at: offset)
      offset &+= 1
      value |= UInt64(byte & 0x7f) &<< shift
      shift &+= 7
    }
    return value
  }

  /// A length and as many bytes, as text; nil where the bytes end first.
  mutating func text(_ bytes: RawSpan) -> String? {
    guard let length = checkedVarint(bytes), length <= UInt64(bytes.byteCount - offset) else {
      return nil
    }
    let end = offset + Int(length)
    var text: [UInt8] = []
    text.reserveCapacity(Int(length))
    for index in offset..<end { text.append(bytes.byte(at: index)) }
    offset = end
    return String(decoding: text, as: UTF8.self)
  }

  /// A LEB128 number, or nil where the bytes end first or it has over ten bytes.
  mutating func checkedVarint(_ bytes: RawSpan) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.byteCount, shift < 64 {
      let byte = bytes.byte(at: offset)
      offset += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }
}
