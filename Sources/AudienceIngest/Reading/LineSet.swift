import FixedMemory

/// The lines of a file seen so far, by a seeded 64-bit hash, to count repeated ones.
///
/// Two different lines of a file of 100 million share a hash once in some thousand files; all that
/// follows is a count that is one off, since repeated lines are applied like any other.
struct LineSet {
  private let seed: UInt64
  private let limit: Int
  private var slots = [UInt64](repeating: 0, count: 1 << 10)
  private(set) var count = 0

  /// - Parameters:
  ///   - seed: drawn for each process, so that nobody can choose lines that collide.
  ///   - limit: lines kept; later ones are never called repeated.
  init(
    seed: UInt64 = UInt64.random(in: 0...UInt64.max), limit: Int = IngestLimits.comparedLines
  ) {
    self.seed = seed
    self.limit = limit
  }

  /// Whether a line is new; it is remembered.
  ///
  /// - Complexity: O(bytes), amortised.
  mutating func insert(_ bytes: RawSpan, _ line: ByteSlice) -> Bool {
    let hash = max(1, Self.hash(bytes, line, seed: seed))
    var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[index] != 0 {
      if slots[index] == hash { return false }
      index = (index &+ 1) & (slots.count &- 1)
    }
    guard count < limit else { return true }
    slots[index] = hash
    count += 1
    if count * 2 > slots.count { grow() }
    return true
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: slots.count * 2)
    for hash in slots where hash != 0 {
      var index = Int(truncatingIfNeeded: hash) & (larger.count - 1)
      while larger[index] != 0 { index = (index &+ 1) & (larger.count &- 1) }
      larger[index] = hash
    }
    slots = larger
  }

  /// Folds eight bytes at a time through a 64 × 64 → 128 bit product.
  static func hash(_ bytes: RawSpan, _ line: ByteSlice, seed: UInt64) -> UInt64 {
    var state = fold(seed ^ 0x9E37_79B9_7F4A_7C15, UInt64(line.count) ^ 0xD1B5_4A32_D192_ED03)
    var offset = Int(line.offset)
    let end = line.end
    while offset &+ 8 <= end {
      state = fold(state ^ bytes.word(at: offset), 0xA076_1D64_78BD_642F ^ seed)
      offset &+= 8
    }
    var last: UInt64 = 0
    while offset < end {
      last = last << 8 | UInt64(bytes.byte(at: offset))
      offset &+= 1
    }
    return fold(state ^ last, 0xE703_7ED1_A0B4_28DB)
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
