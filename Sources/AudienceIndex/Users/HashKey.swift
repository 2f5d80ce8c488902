/// The secret of a data folder's user hashes: 16 random bytes.
package struct HashKey: Equatable, Sendable, BitwiseCopyable {
  /// Bytes 0 to 7, little-endian.
  package let first: UInt64
  /// Bytes 8 to 15, little-endian.
  package let second: UInt64

  package init(first: UInt64, second: UInt64) {
    self.first = first
    self.second = second
  }
}
