import AuctionTypes

/// The segments of a layer by frequency: rank 0 has the most users, so that the ranks of a row are
/// mostly small and its gaps mostly one byte.
struct SegmentRanking: Sendable {
  /// The segments that have users, by rank.
  let segments: [SegmentID]
  /// The rank of each segment number that has users.
  let ranks: [UInt32]

  /// - Parameter counts: users of each segment number.
  /// - Complexity: O(n log n).
  init(counts: [Int]) {
    let used = counts.indices.filter { counts[$0] > 0 }
    let ordered = used.sorted {
      counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1
    }
    segments = ordered.map { SegmentID(rawValue: UInt32($0)) }
    var ranks = [UInt32](repeating: 0, count: counts.count)
    for (rank, segment) in ordered.enumerated() { ranks[segment] = UInt32(rank) }
    self.ranks = ranks
  }
}
