import FixedMemory
import LinuxIO

/// The users who must be treated as unknown: an exact, immutable hash table in memory.
///
/// The file is a header of 64 bytes (magic, version, users, slots, checksum of the slots, checksum
/// of the header) and the slots: whole keys, found by linear probing from the place that the key's
/// high half scales to. At most half of the slots are taken.
@usableFromInline
package struct SuppressionTable: ~Copyable, Sendable {
  static let headerByteCount = 64
  static let magic: UInt64 = 0x0A1A_0A0D_5344_4F4E  // "NODS\r\n\x1a\n"
  static let version: UInt64 = 1

  let file: MappedFile
  /// How many users are suppressed.
  package let count: Int
  let slotCount: Int
  private let inPlace = InPlace()

  /// Nobody.
  static var empty: SuppressionTable { SuppressionTable(.empty, 0, 0) }

  /// Checks all bytes of a file.
  ///
  /// - Complexity: O(bytes).
  init(_ file: consuming MappedFile) throws(LayerDamage) {
    let (count, slots) = try Self.checked(file.bytes)
    self.init(file, count, slots)
  }

  private init(_ file: consuming MappedFile, _ count: Int, _ slotCount: Int) {
    self.file = file
    self.count = count
    self.slotCount = slotCount
  }

  /// Another owner of the same memory.
  func shared() -> SuppressionTable { SuppressionTable(file.shared(), count, slotCount) }

  private static func checked(_ bytes: RawSpan) throws(LayerDamage) -> (Int, Int) {
    guard bytes.byteCount >= 8, bytes.word(at: 0) == magic else { throw .notALayer }
    guard bytes.byteCount >= headerByteCount else { throw .truncated }
    guard Checksum64.of(bytes.slice(0, 56)) == bytes.word(at: 56) else { throw .header }
    let slots = (bytes.byteCount - headerByteCount) / 16
    guard bytes.word(at: 24) == UInt64(slots), bytes.byteCount == headerByteCount + slots * 16
    else { throw .truncated }
    let body = bytes.slice(headerByteCount, slots * 16)
    guard Checksum64.of(body) == bytes.word(at: 32) else { throw .section("users") }
    return (Int(truncatingIfNeeded: bytes.word(at: 16)), slots)
  }

  /// Whether a user is suppressed; never wrong.
  @inline(__always)
  func contains(_ key: UserKey) -> Bool {
    guard slotCount > 0 else { return false }
    let bytes = file.bytes
    var slot = Self.home(of: key, slots: slotCount)
    while true {
      let place = Self.headerByteCount &+ slot &* 16
      let high = bytes.word(at: place)
      let low = bytes.word(at: place &+ 8)
      if high | low == 0 { return false }
      if high == key.high && low == key.low { return true }
      slot &+= 1
      if slot == slotCount { slot = 0 }
    }
  }

  /// The slot at which the search for a key starts.
  @inline(__always)
  static func home(of key: UserKey, slots: Int) -> Int {
    Int(truncatingIfNeeded: ((key.high &>> 32) &* UInt64(slots)) &>> 32)
  }
}
