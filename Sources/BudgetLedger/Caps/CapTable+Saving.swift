import AuctionTypes
import FixedMemory

/// The table as bytes: what a clean stop saves, and the next start takes in before it serves.
///
/// Tentative impressions are kept as such: a notice that comes after the restart does not know its
/// user any more, so they count until their period is over.
///
/// Little-endian: ``savedMark``, the number of slots; for each its key, its use, the number of its
/// buckets in a byte, and their words. The caller adds a checksum.
extension CapTable {
  private static let savedMark: UInt64 = 0x3153_5041_4344_4F4E
  private static let savedHeaderBytes = 16

  /// Appends all that is counted: 25 bytes for a user under a cap with one impression.
  ///
  /// - Complexity: O(slots).
  package func write(into bytes: inout [UInt8]) {
    let start = bytes.count
    append(Self.savedMark, to: &bytes)
    append(0, to: &bytes)
    var count: UInt64 = 0
    for set in 0..<setCount {
      for way in 0..<CapSlot.ways {
        if write(CapSlot(base: set * CapSlot.setWords, way: way), into: &bytes) { count += 1 }
      }
    }
    for byte in 0..<8 {
      bytes[start + 8 + byte] = UInt8(truncatingIfNeeded: count >> UInt64(byte * 8))
    }
  }

  /// Takes in what ``write(into:)`` appended, without what is forgotten by now; false, and nothing
  /// changes, when the bytes are not of this form. The table may have another size.
  ///
  /// - Complexity: O(bytes).
  package func restore(from bytes: RawSpan, at time: WallTime) -> Bool {
    guard bytes.byteCount >= Self.savedHeaderBytes, bytes.word(at: 0) == Self.savedMark else {
      return false
    }
    var count: UInt64 = 0
    var offset = Self.savedHeaderBytes
    while offset < bytes.byteCount {
      guard let entry = SavedSlot(bytes, at: offset) else { return false }
      offset = entry.end
      count += 1
    }
    guard count == bytes.word(at: 8) else { return false }
    let now = UInt32(clamping: max(0, time.milliseconds) / 1_000)
    offset = Self.savedHeaderBytes
    while let entry = SavedSlot(bytes, at: offset) {
      offset = entry.end
      if entry.use.expirySeconds > now { restore(entry, from: bytes, now: now) }
    }
    return true
  }

  private func write(_ slot: CapSlot, into bytes: inout [UInt8]) -> Bool {
    let key = words.load(slot.key)
    guard key != 0, key & 1 == 0, !isIdle(slot) else { return false }
    append(key, to: &bytes)
    append(words.load(slot.use), to: &bytes)
    let place = bytes.count
    bytes.append(0)
    for position in 0..<Self.bucketCount {
      let word = words.load(slot.row + position)
      guard !CapBucket(word: word).isEmpty else { continue }
      bytes[place] += 1
      append(word, to: &bytes)
    }
    return true
  }

  private func restore(_ entry: SavedSlot, from bytes: RawSpan, now: UInt32) {
    guard case .missing = find(entry.key), let slot = take(key: entry.key, now: now, use: entry.use)
    else { return }
    for place in 0..<entry.bucketCount {
      let bucket = CapBucket(word: bytes.word(at: entry.firstBucket + place * 8))
      words.store(bucket.word, at: slot.row + bucket.position)
    }
  }

  private func append(_ word: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }
}

/// A slot as ``CapTable/write(into:)`` appends it.
private struct SavedSlot {
  private static let headBytes = 17

  let key: UInt64
  let use: CapUse
  let bucketCount: Int
  /// The offset of its first bucket.
  let firstBucket: Int

  /// The offset behind it.
  var end: Int { firstBucket + bucketCount * 8 }

  /// Nil where no such slot is.
  init?(_ bytes: RawSpan, at offset: Int) {
    guard bytes.byteCount - offset >= Self.headBytes else { return nil }
    key = bytes.word(at: offset)
    use = CapUse(word: bytes.word(at: offset + 8))
    bucketCount = Int(bytes.byte(at: offset + 16))
    firstBucket = offset + Self.headBytes
    guard key != 0, key & 1 == 0, use.expirySeconds > 0, 1...CapTable.bucketCount ~= bucketCount,
      end <= bytes.byteCount
    else { return nil }
  }
}
