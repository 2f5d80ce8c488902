import FixedMemory

/// The first bytes of a segment: magic, version, the segment's number, where the one before it
/// ended, and the sum of these (a u64 each, little-endian).
struct SegmentHeader: Equatable {
  /// The segment's number.
  var segment: UInt32
  /// The bytes of the segment before it, so that one that lost its last frames is found out; 0
  /// where that is not known.
  var previousEnd: Int

  static var byteCount: Int { 40 }
  private static var magic: UInt64 { 0x314C_4E52_4A44_4F4E }  // NODJRNL1
  private static var version: UInt64 { 1 }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for word in [Self.magic, Self.version, UInt64(segment), UInt64(previousEnd)] {
      bytes.append(word: word)
    }
    bytes.append(word: Checksum64.of(bytes.rawSpan))
    return bytes
  }

  /// What is wrong with a header.
  enum Problem: Error {
    /// It is cut short or was changed.
    case damaged
    /// It is whole, but of another journal: not a matter of a crash.
    case foreign(String)
  }

  /// Reads the header of a segment whose name has a number.
  static func read(_ bytes: RawSpan, segment: UInt32) throws(Problem) -> SegmentHeader {
    guard bytes.byteCount >= byteCount,
      Checksum64.of(bytes.slice(0, 32)) == bytes.word(at: 32), bytes.word(at: 0) == magic
    else { throw .damaged }
    guard bytes.word(at: 8) == version else {
      throw .foreign("version \(bytes.word(at: 8)) of the journal; this is for \(version)")
    }
    guard bytes.word(at: 16) == UInt64(segment) else {
      throw .foreign("this is segment \(bytes.word(at: 16))")
    }
    guard bytes.word(at: 24) <= UInt64(JournalLimits.segmentBytes) else { throw .damaged }
    return SegmentHeader(segment: segment, previousEnd: Int(bytes.word(at: 24)))
  }
}
