import AuctionTypes
import FixedMemory

/// Where a worker collects the segments of one request's user: the union of all their ids' rows.
///
/// Allocated once a worker; clearing costs as many steps as there are segments in it.
@usableFromInline
package struct AudienceScratch: ~Copyable, Sendable {
  /// The segments as bits.
  @usableFromInline package internal(set) var bits: BitmapWords
  /// The segments one by one, in no particular order; all of them where ``isComplete`` says so.
  @usableFromInline package internal(set) var list: FixedArray<SegmentID>
  @usableFromInline var isListComplete = true
  private let inPlace = InPlace()

  /// - Parameter segments: bits to hold; segments from there on are left out.
  package init(segments: Int = Limits.maxSegments, listed: Int = Limits.listedSegments) {
    bits = BitmapWords(bitCount: max(1, segments))
    list = FixedArray(capacity: max(1, listed))
  }

  /// Whether the user is in a segment.
  @inlinable @inline(__always)
  package func contains(_ segment: SegmentID) -> Bool {
    let bit = Int(segment.rawValue)
    return bit < bits.bitCount && bits.contains(bit)
  }

  /// How many segments are listed; all of the user's, unless ``isComplete`` is false.
  @inlinable package var count: Int { list.count }

  /// Whether every segment is listed; if not, only ``contains(_:)`` tells of all.
  @inlinable package var isComplete: Bool { isListComplete }

  /// Adds a segment.
  @inlinable @inline(__always)
  package mutating func insert(_ segment: SegmentID) {
    let bit = Int(segment.rawValue)
    guard bit < bits.bitCount, !bits.contains(bit) else { return }
    bits.insert(bit)
    if !list.append(segment) { isListComplete = false }
  }

  /// Forgets everything.
  ///
  /// - Complexity: O(segments in it).
  @inlinable
  package mutating func removeAll() {
    if isListComplete {
      for index in 0..<list.count { bits.remove(Int(list[index].rawValue)) }
    } else {
      bits.removeAll()
    }
    list.removeAll()
    isListComplete = true
  }
}
