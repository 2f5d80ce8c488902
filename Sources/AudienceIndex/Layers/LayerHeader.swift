import FixedMemory

/// The first 512 bytes of a layer file: what is in it and where.
///
/// All numbers of the file are little-endian. Sections follow each other without a gap, each
/// padded with zeros to 64 bytes; a section's checksum covers its padding, so every byte of the
/// file is covered by one checksum.
struct LayerHeader: Equatable, Sendable {
  static let byteCount = 512
  static let magic: UInt64 = 0x0A1A_0A0D_5844_4F4E  // "NODX\r\n\x1a\n"
  static let version: UInt32 = 1

  /// The parts of a file.
  enum Section: Int, CaseIterable, Sendable {
    /// The id spaces: how ids become keys.
    case spaces
    /// Users by key with all that is known of them: the rows that count.
    case records
    /// The first key of each block of records, and where the block starts.
    case recordIndex
    /// Names and user counts of the segments, most frequent first.
    case segments
    /// The segment numbers by frequency: rank 0 is the most frequent.
    case ranks
    /// Where each bucket starts.
    case directory
    /// Fingerprints and rows for bid time.
    case buckets
    /// Users whose fingerprint another user of their bucket has, by exact key.
    case exceptions
    /// The rows of those.
    case exceptionRows
  }

  /// Where a section lies.
  struct Extent: Equatable, Sendable {
    var offset = 0
    /// Bytes without padding.
    var count = 0
    var checksum: UInt64 = 0
  }

  var hashKey = HashKey(first: 0, second: 0)
  var generation: UInt64 = 0
  var userCount = 0
  var membershipCount = 0
  /// The earliest time at which a membership ends, seconds since 1970; 0 when none does.
  var earliestExpiry: UInt32 = 0
  /// Whether buckets hold whole keys instead of 32-bit fingerprints.
  var holdsKeys = false
  var bucketCount = 0
  /// The bits of the fingerprint that are compared; all of them but in tests.
  var fingerprintMask: UInt32 = .max
  /// Buckets start at multiples of `1 << bucketShift` bytes.
  var bucketShift = 0
  /// When it was written, seconds since 1970.
  var createdSeconds: Int64 = 0
  var fileByteCount = 0
  var extents = [Extent](repeating: Extent(), count: Section.allCases.count)

  subscript(section: Section) -> Extent {
    get { extents[section.rawValue] }
    set { extents[section.rawValue] = newValue }
  }
}

extension LayerHeader {
  /// The header as bytes, its own checksum last.
  var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.append(word: Self.magic)
    writer.append(word32: Self.version)
    writer.append(word32: UInt32(extents.count))
    writer.append(word: hashKey.first)
    writer.append(word: hashKey.second)
    writer.append(word: generation)
    writer.append(word: UInt64(userCount))
    writer.append(word: UInt64(membershipCount))
    writer.append(word32: earliestExpiry)
    writer.append(word32: holdsKeys ? 1 : 0)
    writer.append(word32: UInt32(bucketCount))
    writer.append(word32: fingerprintMask)
    writer.append(word: UInt64(bucketShift))
    writer.append(word: UInt64(bitPattern: createdSeconds))
    writer.append(word: UInt64(fileByteCount))
    for extent in extents {
      writer.append(word: UInt64(extent.offset))
      writer.append(word: UInt64(extent.count))
      writer.append(word: extent.checksum)
    }
    writer.pad(to: Self.byteCount - 8)
    let sum = Checksum64.of(writer.bytes.rawSpan)
    writer.append(word: sum)
    return writer.bytes
  }

  /// Reads and checks a file's header against its length.
  init(_ bytes: RawSpan) throws(LayerDamage) {
    guard bytes.byteCount >= 8, bytes.word(at: 0) == Self.magic else { throw .notALayer }
    guard bytes.byteCount >= Self.byteCount else { throw .truncated }
    let head = bytes.slice(0, Self.byteCount - 8)
    guard Checksum64.of(head) == bytes.word(at: Self.byteCount - 8) else { throw .header }
    guard bytes.word32(at: 8) == Self.version else { throw .version(bytes.word32(at: 8)) }
    guard bytes.word32(at: 12) == UInt32(Section.allCases.count) else { throw .header }
    hashKey = HashKey(first: bytes.word(at: 16), second: bytes.word(at: 24))
    generation = bytes.word(at: 32)
    userCount = Int(truncatingIfNeeded: bytes.word(at: 40))
    membershipCount = Int(truncatingIfNeeded: bytes.word(at: 48))
    earliestExpiry = bytes.word32(at: 56)
    holdsKeys = bytes.word32(at: 60) != 0
    bucketCount = Int(bytes.word32(at: 64))
    fingerprintMask = bytes.word32(at: 68)
    bucketShift = Int(truncatingIfNeeded: bytes.word(at: 72))
    createdSeconds = Int64(bitPattern: bytes.word(at: 80))
    fileByteCount = Int(truncatingIfNeeded: bytes.word(at: 88))
    for index in extents.indices {
      let offset = 96 + index * 24
      extents[index] = Extent(
        offset: Int(truncatingIfNeeded: bytes.word(at: offset)),
        count: Int(truncatingIfNeeded: bytes.word(at: offset + 8)),
        checksum: bytes.word(at: offset + 16))
    }
    guard fileByteCount == bytes.byteCount else { throw .truncated }
    guard isConsistent else { throw .header }
  }

  /// Whether the sections tile the file and have the sizes that the counts ask for.
  private var isConsistent: Bool {
    var end = Self.byteCount
    for section in Section.allCases {
      let extent = self[section]
      guard extent.offset == end, extent.count >= 0 else { return false }
      guard extent.count <= fileByteCount - end else { return false }
      end = extent.offset + LayerHeader.padded(extent.count)
    }
    return end == fileByteCount && bucketShift <= 12 && bucketCount > 0
      && self[.directory].count == bucketCount * 4 && self[.ranks].count % 4 == 0
      && self[.exceptions].count % 24 == 0 && self[.recordIndex].count % 24 == 0
  }

  /// A section's length with its padding.
  static func padded(_ count: Int) -> Int { (count + 63) & ~63 }
}
