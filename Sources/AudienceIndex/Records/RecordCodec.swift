import AuctionTypes
import FixedMemory

/// How a user's memberships are written in the records of a layer.
///
/// A record is the key (16 bytes, high half first), the length of the rest (LEB128), and the rest:
/// twice the number of memberships, plus 1 where all end at the same time (LEB128); that time once
/// or, after each segment, its difference to the one before (zigzag); segments ascending, as gaps.
enum RecordCodec {
  static func encode(_ memberships: [Membership], into writer: inout ByteWriter) {
    let first = memberships.first?.expirySeconds ?? 0
    let isUniform = memberships.allSatisfy { $0.expirySeconds == first }
    writer.append(varint: UInt64(memberships.count) << 1 | (isUniform ? 1 : 0))
    if isUniform && !memberships.isEmpty { writer.append(varint: UInt64(first)) }
    var next: UInt32 = 0
    var expiry: Int64 = 0
    for membership in memberships {
      writer.append(varint: UInt64(membership.segment.rawValue - next))
      next = membership.segment.rawValue + 1
      guard !isUniform else { continue }
      let difference = Int64(membership.expirySeconds) - expiry
      writer.append(varint: UInt64(bitPattern: difference << 1 ^ difference >> 63))
      expiry = Int64(membership.expirySeconds)
    }
  }

  /// Reads what ``encode(_:into:)`` wrote at a place, in the place of what the array held.
  static func decode(_ bytes: RawSpan, at offset: Int, into memberships: inout [Membership]) {
    memberships.removeAll(keepingCapacity: true)
    var reader = ByteReader(offset: offset)
    let head = reader.varint(bytes)
    let isUniform = head & 1 != 0
    var expiry = isUniform && head > 1 ? Int64(reader.varint(bytes)) : 0
    var next: UInt32 = 0
    for _ in 0..<(head >> 1) {
      let segment = next &+ UInt32(truncatingIfNeeded: reader.varint(bytes))
      next = segment &+ 1
      if !isUniform {
        let zigzag = reader.varint(bytes)
        expiry += Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1)
      }
      memberships.append(
        Membership(
          segment: SegmentID(rawValue: segment),
          expirySeconds: UInt32(truncatingIfNeeded: expiry)))
    }
  }
}
