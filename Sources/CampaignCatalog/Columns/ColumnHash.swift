import FixedMemory

/// The hash of a targeting value in any case: a multiply and a fold for each eight bytes.
///
/// Keys come from advertisers' documents, so the table cannot be flooded by a peer; every match is
/// verified on the whole key.
enum ColumnHash {
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// - Complexity: O(key).
  @inline(__always)
  static func hash(_ dimension: Dimension, _ key: RawSpan) -> UInt64 {
    var hash = seed(dimension, key.byteCount)
    var offset = 0
    while offset &+ 8 < key.byteCount {
      hash = mix(hash, key.word(at: offset).asciiLowercased)
      offset &+= 8
    }
    return mix(hash, key.ending.asciiLowercased) | 1
  }

  /// The hash of a number is that of its eight bytes, which are compared as they are.
  @inline(__always)
  static func hash(_ dimension: Dimension, number: UInt64) -> UInt64 {
    mix(seed(dimension, 8), number.asciiLowercased) | 1
  }

  @inline(__always)
  private static func seed(_ dimension: Dimension, _ count: Int) -> UInt64 {
    (UInt64(dimension.rawValue) &+ 1) &* 0xD6E8_FEB8_6659_FD93 ^ UInt64(count)
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: multiplier)
    let folded = product.high ^ product.low
    return folded ^ (folded >> 29)
  }
}
