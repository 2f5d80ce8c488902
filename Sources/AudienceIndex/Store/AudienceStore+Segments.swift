import AuctionTypes
import FixedMemory

/// How many users each segment has, at one generation.
package struct SegmentCounts: Equatable, Sendable {
  /// The generation that was counted.
  package var generation: UInt64
  /// Users by segment number; segments past the end have none.
  package var users: [Int] = []

  /// The users of a segment.
  package subscript(segment: SegmentID) -> Int {
    let index = Int(segment.rawValue)
    return index < users.count ? users[index] : 0
  }

  mutating func add(_ count: Int, to segment: UInt32) {
    let index = Int(segment)
    if index >= users.count {
      users.append(contentsOf: repeatElement(0, count: index + 1 - users.count))
    }
    users[index] += count
  }
}

extension AudienceStore {
  /// How many users each segment has: the rows that bids see, so that memberships which ended count
  /// until maintenance has dropped them.
  ///
  /// The base layer says how many users its segments have; only the rows of the layers over it are
  /// read, and what they replace. Changes go on meanwhile.
  /// - Parameter isStopping: asked every some thousand users; nil is returned once it says so.
  /// - Complexity: O(segments + rows over the base × log blocks).
  package func segmentCounts(isStopping: () -> Bool = { false }) -> SegmentCounts? {
    let (layers, generation) = state.withLock { ($0.layers, $0.manifest.generation) }
    var counts = SegmentCounts(generation: generation)
    guard let base = layers.last else { return counts }
    base.layer.countSegments(into: &counts)
    var upper = StateCursor(Array(layers.dropLast()))
    var replaced = RecordCursor(base)
    var row: [Membership] = []
    var seen = 0
    while let user = upper.key {
      seen += 1
      if seen & 0xFFF == 0, isStopping() { return nil }
      _ = upper.read(user, into: &row)
      for membership in row { counts.add(1, to: membership.segment.rawValue) }
      replaced.seek(user)
      if replaced.key == user {
        replaced.read(into: &row)
        for membership in row { counts.add(-1, to: membership.segment.rawValue) }
      }
      upper.advance(past: user)
    }
    return counts
  }
}

extension AudienceLayer {
  /// Adds the user counts that the layer was written with.
  fileprivate func countSegments(into counts: inout SegmentCounts) {
    let extent = header[.segments]
    let bytes = file.bytes.slice(extent.offset, extent.count)
    var reader = ByteReader(offset: 0)
    while reader.offset < bytes.byteCount {
      guard let segment = reader.checkedVarint(bytes), let id = UInt32(exactly: segment),
        id < Limits.maxSegments, let users = reader.checkedVarint(bytes), reader.text(bytes) != nil
      else { preconditionFailure("a layer that was checked is damaged") }
      counts.add(Int(truncatingIfNeeded: users), to: id)
    }
  }
}
