import AuctionTypes
import FixedMemory
import LinuxIO

/// Writes a layer file: users come in the order of their keys, and nothing but counts, the block
/// index and the directory is held in memory.
///
/// Two passes: the records are written as users come and segments counted; then the records are
/// read again and the buckets written with segments numbered by frequency.
struct LayerBuilder: ~Copyable {
  private let options: LayerOptions
  private var sink: FileSink
  private var header: LayerHeader
  private var index = ByteWriter()
  private var record = ByteWriter()
  private var body = ByteWriter()
  private var counts: [Int] = []
  private var last: UserKey?
  private var blockStart = -Limits.recordBlockBytes

  /// Creates the file; it must not exist.
  init(path: String, options: LayerOptions) throws(FileError) {
    var header = LayerHeader()
    header.hashKey = options.hashKey
    header.generation = options.generation
    header.holdsKeys = options.holdsKeys
    header.fingerprintMask = options.fingerprintMask
    header.createdSeconds = options.createdSeconds
    let spaces = Self.encode(options.spaces)
    var sink = try FileSink(path: path)
    try sink.append([UInt8](repeating: 0, count: LayerHeader.byteCount))
    header[.spaces] = .init(offset: sink.position, count: spaces.count)
    try sink.append(spaces)
    try sink.pad()
    header[.records].offset = sink.position
    self.options = options
    self.header = header
    self.sink = sink
  }

  /// Users so far.
  var userCount: Int { header.userCount }

  private static func encode(_ spaces: [IDSpace]) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(varint: UInt64(spaces.count))
    for space in spaces {
      writer.append(text: space.name)
      writer.append(space.format.rawValue)
      writer.append(space.foldsCase ? 1 : 0)
    }
    return writer.bytes
  }

  /// Adds a user with all memberships, segments ascending; no memberships say that the user is
  /// known to have none.
  ///
  /// - Precondition: the key is greater than the one before.
  mutating func append(_ key: UserKey, _ memberships: [Membership]) throws(FileError) {
    precondition(last.map { $0 < key } ?? true, "users must come in the order of their keys")
    last = key
    noteBlock(key)
    body.removeAll()
    RecordCodec.encode(memberships, into: &body)
    record.removeAll()
    record.append(word: key.high)
    record.append(word: key.low)
    record.append(varint: UInt64(body.count))
    record.append(contentsOf: body.bytes)
    try sink.append(record.bytes)
    count(memberships)
  }

  private mutating func noteBlock(_ key: UserKey) {
    let place = sink.position - header[.records].offset
    guard place - blockStart >= Limits.recordBlockBytes else { return }
    blockStart = place
    index.append(word: key.high)
    index.append(word: key.low)
    index.append(word: UInt64(place))
  }

  private mutating func count(_ memberships: [Membership]) {
    header.userCount += 1
    header.membershipCount += memberships.count
    for membership in memberships {
      let segment = Int(membership.segment.rawValue)
      if segment >= counts.count {
        counts.append(contentsOf: repeatElement(0, count: segment + 1 - counts.count))
      }
      counts[segment] += 1
      let expiry = membership.expirySeconds
      guard expiry != 0 else { continue }
      if header.earliestExpiry == 0 || expiry < header.earliestExpiry {
        header.earliestExpiry = expiry
      }
    }
  }

  /// Writes the rest and waits until the file is on the disk; returns its header.
  ///
  /// - Parameter name: the name of a segment.
  consuming func finish(name: (SegmentID) -> String) throws -> LayerHeader {
    header[.records].count = sink.position - header[.records].offset
    try sink.pad()
    try write(index.bytes, as: .recordIndex)
    let ranking = SegmentRanking(counts: counts)
    try writeSegments(ranking, name)
    try writeBuckets(ranking)
    try sink.flush()
    header.fileByteCount = sink.position
    try seal()
    return header
  }

  private mutating func writeSegments(
    _ ranking: SegmentRanking, _ name: (SegmentID) -> String
  ) throws(FileError) {
    var names = ByteWriter()
    var ranks = ByteWriter()
    for segment in ranking.segments {
      names.append(varint: UInt64(segment.rawValue))
      names.append(varint: UInt64(counts[Int(segment.rawValue)]))
      names.append(text: name(segment))
      ranks.append(word32: segment.rawValue)
    }
    try write(names.bytes, as: .segments)
    try write(ranks.bytes, as: .ranks)
  }

  /// Reads the records again and writes directory, buckets and exceptions.
  private mutating func writeBuckets(_ ranking: SegmentRanking) throws {
    header.bucketCount = max(
      1, (header.userCount + options.usersPerBucket - 1) / options.usersPerBucket)
    precondition(header.bucketCount <= Int(UInt32.max), "too many users for one layer")
    header.bucketShift = BucketWriter.shift(header, ranking, counts)
    // The directory comes first in the file but is known last: its place is kept.
    header[.directory].offset = sink.position
    header[.directory].count = header.bucketCount * 4
    try skip(LayerHeader.padded(header[.directory].count))
    try sink.flush()
    let mapped = try MappedFile(sink.file)
    mapped.advise(.sequential)
    var buckets = BucketWriter(header, ranking)
    header[.buckets].offset = sink.position
    try buckets.write(records: mapped.bytes, into: &sink)
    header[.buckets].count = sink.position - header[.buckets].offset
    try sink.pad()
    try write(buckets.exceptions.bytes, as: .exceptions)
    try write(buckets.exceptionRows.bytes, as: .exceptionRows)
    try sink.flush()
    try sink.file.write(buckets.directory.bytes.rawSpan, at: header[.directory].offset)
  }

  /// Takes the checksums from the file as it was written, then writes the header.
  private mutating func seal() throws(FileError) {
    let mapped = try MappedFile(sink.file)
    for section in LayerHeader.Section.allCases {
      let extent = header[section]
      header[section].checksum = Checksum64.of(
        mapped.bytes.slice(extent.offset, LayerHeader.padded(extent.count)))
    }
    try sink.file.write(header.encoded.rawSpan, at: 0)
    try sink.file.sync()
  }

  private mutating func write(
    _ bytes: [UInt8], as section: LayerHeader.Section
  ) throws(FileError) {
    header[section].offset = sink.position
    header[section].count = bytes.count
    try sink.append(bytes)
    try sink.pad()
  }

  private mutating func skip(_ count: Int) throws(FileError) {
    let zeros = [UInt8](repeating: 0, count: min(count, 1 << 16))
    var left = count
    while left > 0 {
      let part = min(left, zeros.count)
      try sink.append(part == zeros.count ? zeros : Array(zeros.prefix(part)))
      left -= part
    }
  }
}
