import AuctionTypes
import FixedMemory

/// A line as it is staged: who, which line of the batch, and where its changes lie.
struct StagedLine: Sendable, BitwiseCopyable {
  let key: UserKey
  /// Counts the lines of the batch from 0.
  let sequence: UInt64
  /// Where its changes lie in the writer that holds them.
  let offset: Int
  let end: Int

  static func precedes(_ left: StagedLine, _ right: StagedLine) -> Bool {
    left.key != right.key ? left.key < right.key : left.sequence < right.sequence
  }
}

/// A change of a user together with the line it came from.
struct OrderedChange: Sendable, BitwiseCopyable {
  let change: SegmentChange
  let sequence: UInt64
}

/// How the changes of a line are written: count (LEB128), then for each twice the segment, plus 1
/// for a removal (LEB128), and, unless it is one, the time it ends (LEB128).
enum ChangeCodec {
  static func encode(_ changes: [SegmentChange], into writer: inout ByteWriter) {
    writer.append(varint: UInt64(changes.count))
    for change in changes {
      writer.append(varint: UInt64(change.segment.rawValue) << 1 | (change.isRemoval ? 1 : 0))
      if !change.isRemoval { writer.append(varint: UInt64(change.expirySeconds)) }
    }
  }

  /// Reads the changes of a line and adds them to a list; returns the place after them.
  static func decode(
    _ bytes: RawSpan, at offset: Int, sequence: UInt64, into list: inout [OrderedChange]
  ) -> Int {
    var reader = ByteReader(offset: offset)
    for _ in 0..<reader.varint(bytes) {
      let head = reader.varint(bytes)
      let segment = SegmentID(rawValue: UInt32(truncatingIfNeeded: head >> 1))
      let change: SegmentChange =
        head & 1 != 0
        ? .remove(segment)
        : .add(segment, until: UInt32(truncatingIfNeeded: reader.varint(bytes)))
      list.append(OrderedChange(change: change, sequence: sequence))
    }
    return reader.offset
  }
}
