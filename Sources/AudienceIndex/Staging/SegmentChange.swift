import AuctionTypes

/// What one line of a file says of a user and a segment.
package struct SegmentChange: Equatable, Sendable, BitwiseCopyable {
  package let segment: SegmentID
  /// When the membership ends, in seconds since 1970; 0 for never. 0 for a removal.
  package let expirySeconds: UInt32
  /// Whether the user leaves the segment.
  package let isRemoval: Bool

  /// The user is in the segment until a time in seconds since 1970; 0 for ever.
  package static func add(_ segment: SegmentID, until expirySeconds: UInt32) -> SegmentChange {
    SegmentChange(segment: segment, expirySeconds: expirySeconds, isRemoval: false)
  }

  /// The user is not in the segment any more.
  package static func remove(_ segment: SegmentID) -> SegmentChange {
    SegmentChange(segment: segment, expirySeconds: 0, isRemoval: true)
  }
}
