import FixedMemory

extension [UInt8] {
  /// Adds a number in eight bytes, little-endian.
  mutating func append(word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }
}

extension FixedBuffer {
  /// Adds a number in eight bytes, little-endian.
  mutating func append(word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  /// Overwrites eight filled bytes with a number, little-endian.
  mutating func set(word: UInt64, at offset: Int) {
    for index in 0..<8 {
      set(UInt8(truncatingIfNeeded: word >> UInt64(8 * index)), at: offset + index)
    }
  }
}
