import FixedMemory
import LinuxIO

/// Turns records, in the order of their keys, into the buckets of bid time.
///
/// Users of one bucket whose fingerprints agree would get each other's rows, so all of them are
/// written as exceptions under their whole keys instead.
struct BucketWriter {
  /// What a bucket's count can say; users beyond it are exceptions.
  private static let maxUsers = 127

  private let header: LayerHeader
  private let ranking: SegmentRanking
  private(set) var directory = ByteWriter()
  private(set) var exceptions = ByteWriter()
  private(set) var exceptionRows = ByteWriter()
  private var users: [User] = []
  private var rows = ByteWriter()
  private var output = ByteWriter()
  private var memberships: [Membership] = []
  private var ranks: [UInt32] = []
  private var bucket = 0
  private var place = 0

  private struct User {
    let key: UserKey
    let start: Int
    let end: Int
    var isException = false
  }

  init(_ header: LayerHeader, _ ranking: SegmentRanking) {
    self.header = header
    self.ranking = ranking
  }

  /// The smallest alignment of buckets with which every place fits 32 bits.
  static func shift(_ header: LayerHeader, _ ranking: SegmentRanking, _ counts: [Int]) -> Int {
    var most = header.userCount * (header.holdsKeys ? 19 : 7) + header.bucketCount
    for (rank, segment) in ranking.segments.enumerated() {
      let width = rank < 1 << 7 ? 1 : rank < 1 << 14 ? 2 : 3
      most += counts[Int(segment.rawValue)] * width
    }
    var shift = 0
    while (most + header.bucketCount << shift) >> shift >= Int(UInt32.max) { shift += 1 }
    return shift
  }

  /// Reads all records of a file and appends the buckets to it.
  mutating func write(records bytes: RawSpan, into sink: inout FileSink) throws(FileError) {
    let extent = header[.records]
    var reader = ByteReader(offset: extent.offset)
    let end = extent.offset + extent.count
    while reader.offset < end {
      let key = UserKey(
        high: bytes.word(at: reader.offset), low: bytes.word(at: reader.offset + 8))
      reader.offset += 16
      let length = Int(truncatingIfNeeded: reader.varint(bytes))
      try finishBuckets(before: bucket(of: key), into: &sink)
      RecordCodec.decode(bytes, at: reader.offset, into: &memberships)
      let start = rows.count
      appendRow()
      users.append(User(key: key, start: start, end: rows.count))
      reader.offset += length
    }
    try finishBuckets(before: header.bucketCount, into: &sink)
    try sink.append(output.bytes)
    output.removeAll()
  }

  private func bucket(of key: UserKey) -> Int {
    Int(((key.high >> 32) * UInt64(header.bucketCount)) >> 32)
  }

  private mutating func appendRow() {
    ranks.removeAll(keepingCapacity: true)
    for membership in memberships {
      ranks.append(ranking.ranks[Int(membership.segment.rawValue)])
    }
    ranks.sort()
    var next: UInt32 = 0
    for rank in ranks {
      rows.append(varint: UInt64(rank &- next))
      next = rank &+ 1
    }
  }

  private mutating func finishBuckets(
    before next: Int, into sink: inout FileSink
  ) throws(FileError) {
    while bucket < next {
      finishBucket()
      bucket += 1
      guard output.count >= 1 << 16 else { continue }
      try sink.append(output.bytes)
      output.removeAll()
    }
  }

  private mutating func finishBucket() {
    let before = output.count
    directory.append(word32: UInt32(place >> header.bucketShift))
    let hasExceptions = markExceptions()
    let kept = hasExceptions ? users.filter { !$0.isException } : users
    if hasExceptions { writeExceptions() }
    output.append(UInt8(kept.count) | (hasExceptions ? 0x80 : 0))
    for user in kept { appendIdentity(of: user.key) }
    for user in kept { output.append(varint: UInt64(user.end - user.start)) }
    for user in kept { output.append(rows, user.start, user.end) }
    place += output.count - before
    let aligned = (place + (1 << header.bucketShift) - 1) >> header.bucketShift
    output.pad(to: output.count + aligned << header.bucketShift - place)
    place = aligned << header.bucketShift
    users.removeAll(keepingCapacity: true)
    rows.removeAll()
  }

  private mutating func appendIdentity(of key: UserKey) {
    guard header.holdsKeys else {
      return output.append(word32: fingerprint(of: key))
    }
    output.append(word: key.high)
    output.append(word: key.low)
  }

  private func fingerprint(of key: UserKey) -> UInt32 {
    UInt32(truncatingIfNeeded: key.low) & header.fingerprintMask
  }

  /// Marks all users that share a fingerprint, and those past the most that a bucket holds.
  private mutating func markExceptions() -> Bool {
    var found = false
    if !header.holdsKeys {
      for index in users.indices {
        let print = fingerprint(of: users[index].key)
        for other in (index + 1)..<max(index + 1, users.count)
        where fingerprint(of: users[other].key) == print {
          users[index].isException = true
          users[other].isException = true
          found = true
        }
      }
    }
    var kept = 0
    for index in users.indices where !users[index].isException {
      kept += 1
      guard kept > Self.maxUsers else { continue }
      users[index].isException = true
      found = true
    }
    return found
  }

  private mutating func writeExceptions() {
    for user in users where user.isException {
      let row = UInt64(exceptionRows.count) << 24 | UInt64(user.end - user.start)
      exceptions.append(word: user.key.high)
      exceptions.append(word: user.key.low)
      exceptions.append(word: row)
      exceptionRows.append(rows, user.start, user.end)
    }
  }
}
