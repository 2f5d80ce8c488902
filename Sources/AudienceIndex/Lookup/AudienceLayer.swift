import AuctionTypes
import FixedMemory
import LinuxIO

/// One immutable file of users and their segments, in memory.
///
/// What bid time touches of it: one word of the directory, one bucket, and the ranks. A bucket is
/// `count` (bit 7: some users of it are exceptions), `count` fingerprints (4 bytes) or whole keys
/// (16 bytes), `count` row lengths (LEB128), and the rows: ascending ranks as gaps (LEB128).
@usableFromInline
package struct AudienceLayer: ~Copyable, Sendable {
  let file: MappedFile
  let header: LayerHeader
  /// What bid time reads: the file from the ranks on, or a copy of that in large pages.
  private let memory: MappedFile
  private let memoryStart: Int
  private let directory: Int
  private let buckets: Int
  private let ranks: Int
  private let exceptions: Int
  private let exceptionRows: Int
  private let exceptionCount: Int
  private let bucketCount: UInt64
  private let bucketShift: Int
  private let fingerprintMask: UInt32
  private let holdsKeys: Bool
  private let inPlace = InPlace()

  /// Takes a mapped file and checks its header, and all of its bytes when `verifying`.
  ///
  /// - Complexity: O(bytes) when verifying.
  init(_ file: consuming MappedFile, verifying: Bool = true) throws(LayerDamage) {
    let header = try LayerHeader(file.bytes)
    if verifying { try Self.verify(header, file.bytes) }
    let memory = file.shared()
    self.init(file, header, memory, from: 0)
  }

  private init(
    _ file: consuming MappedFile, _ header: LayerHeader, _ memory: consuming MappedFile,
    from start: Int
  ) {
    self.file = file
    self.header = header
    self.memory = memory
    memoryStart = start
    directory = header[.directory].offset - start
    buckets = header[.buckets].offset - start
    ranks = header[.ranks].offset - start
    exceptions = header[.exceptions].offset - start
    exceptionRows = header[.exceptionRows].offset - start
    exceptionCount = header[.exceptions].count / 24
    bucketCount = UInt64(header.bucketCount)
    bucketShift = header.bucketShift
    fingerprintMask = header.fingerprintMask
    holdsKeys = header.holdsKeys
  }

  /// Another owner of the same memory.
  func shared() -> AudienceLayer {
    AudienceLayer(file.shared(), header, memory.shared(), from: memoryStart)
  }

  /// The same layer with what bid time reads in memory, so that no lookup waits for a page: in
  /// large pages, where one look at the page table reaches 2 MiB instead of 4 KiB.
  ///
  /// - Complexity: O(bytes).
  consuming func preparedForLookups() -> AudienceLayer {
    let start = header[.ranks].offset
    file.advise(.random, offset: header[.records].offset, count: header[.records].count)
    guard let copy = file.copyInLargePages(from: start) else {
      file.advise(.populate, offset: start)
      return self
    }
    file.advise(.unneeded)
    return AudienceLayer(file.shared(), header, copy, from: start)
  }

  /// Bytes of memory that are mapped: the file, and what was copied of it.
  var byteCount: Int { header.fileByteCount + (memoryStart > 0 ? memory.byteCount : 0) }

  /// No users: what fills the unused places of a view.
  static var unused: AudienceLayer { AudienceLayer(.empty, LayerHeader(), .empty, from: 0) }

  private static func verify(
    _ header: LayerHeader, _ bytes: RawSpan
  ) throws(LayerDamage) {
    for section in LayerHeader.Section.allCases {
      let extent = header[section]
      let covered = bytes.slice(extent.offset, LayerHeader.padded(extent.count))
      guard Checksum64.of(covered) == extent.checksum else {
        throw .section("\(section)")
      }
    }
  }

  /// Adds a user's segments; false when this layer has no row of the user.
  ///
  /// A row without segments counts as found: it says that older layers no longer hold.
  @inline(__always)
  func lookup(_ key: UserKey, into scratch: inout AudienceScratch) -> Bool {
    let bytes = memory.bytes
    guard let row = row(of: key, bytes) else { return false }
    decode(row, bytes, into: &scratch)
    return true
  }

  /// Has the processor fetch where a key's bucket is said to be.
  @inline(__always)
  func prefetchPlace(of key: UserKey) {
    memory.bytes.prefetch(at: directory &+ bucket(of: key) &* 4)
  }

  /// Has the processor fetch a key's bucket.
  @inline(__always)
  func prefetchBucket(of key: UserKey) {
    let bytes = memory.bytes
    guard bytes.byteCount > 0 else { return }
    let start = bytes.word32(at: directory &+ bucket(of: key) &* 4)
    bytes.prefetch(at: buckets &+ Int(start) &<< bucketShift)
  }

  /// The number of the bucket that has a user's row, if there is one.
  @inline(__always)
  private func bucket(of key: UserKey) -> Int {
    Int(truncatingIfNeeded: ((key.high &>> 32) &* bucketCount) &>> 32)
  }

  /// Where a user's row lies.
  private func row(of key: UserKey, _ bytes: RawSpan) -> Row? {
    let start = bytes.word32(at: directory &+ bucket(of: key) &* 4)
    let place = buckets &+ Int(start) &<< bucketShift
    let head = bytes.byte(at: place)
    if head & 0x80 != 0, let row = exceptionRow(of: key, bytes) { return row }
    let count = Int(head & 0x7f)
    let slot =
      holdsKeys
      ? exactSlot(of: key, bytes, place &+ 1, count)
      : fingerprintSlot(of: key, bytes, place &+ 1, count)
    guard slot >= 0 else { return nil }
    return rowInBucket(slot, bytes, place &+ 1 &+ count &* (holdsKeys ? 16 : 4), count)
  }

  @inline(__always)
  private func fingerprintSlot(
    of key: UserKey, _ bytes: RawSpan, _ start: Int, _ count: Int
  ) -> Int {
    let fingerprint = UInt32(truncatingIfNeeded: key.low) & fingerprintMask
    let prints = bytes.slice(start, count &* 4)
    for slot in 0..<count where prints.word32(at: slot &* 4) == fingerprint { return slot }
    return -1
  }

  @inline(__always)
  private func exactSlot(
    of key: UserKey, _ bytes: RawSpan, _ start: Int, _ count: Int
  ) -> Int {
    let keys = bytes.slice(start, count &* 16)
    for slot in 0..<count where keys.word(at: slot &* 16 &+ 8) == key.low {
      if keys.word(at: slot &* 16) == key.high { return slot }
    }
    return -1
  }

  /// Adds up the lengths before a slot's row.
  @inline(__always)
  private func rowInBucket(_ slot: Int, _ bytes: RawSpan, _ lengths: Int, _ count: Int) -> Row {
    var reader = ByteReader(offset: lengths)
    var before = 0
    for _ in 0..<slot { before &+= Int(truncatingIfNeeded: reader.varint(bytes)) }
    let length = Int(truncatingIfNeeded: reader.varint(bytes))
    for _ in (slot &+ 1)..<max(slot &+ 1, count) { _ = reader.varint(bytes) }
    return Row(offset: reader.offset &+ before, count: length)
  }

  private func decode(_ row: Row, _ bytes: RawSpan, into scratch: inout AudienceScratch) {
    var reader = ByteReader(offset: row.offset)
    let end = row.offset &+ row.count
    var next = 0
    while reader.offset < end {
      next &+= Int(truncatingIfNeeded: reader.varint(bytes))
      scratch.insert(SegmentID(rawValue: bytes.word32(at: ranks &+ next &* 4)))
      next &+= 1
    }
  }

  /// The row of a user who is an exception, found by the whole key.
  ///
  /// - Complexity: O(log exceptions).
  private func exceptionRow(of key: UserKey, _ bytes: RawSpan) -> Row? {
    var low = 0
    var high = exceptionCount
    while low < high {
      let middle = (low &+ high) / 2
      let place = exceptions &+ middle &* 24
      let found = UserKey(high: bytes.word(at: place), low: bytes.word(at: place &+ 8))
      if found == key {
        let row = bytes.word(at: place &+ 16)
        return Row(
          offset: exceptionRows &+ Int(truncatingIfNeeded: row &>> 24),
          count: Int(truncatingIfNeeded: row & 0xff_ffff))
      }
      if found < key { low = middle &+ 1 } else { high = middle }
    }
    return nil
  }

  /// A row's bytes by place in the file.
  private struct Row {
    let offset: Int
    let count: Int
  }
}
