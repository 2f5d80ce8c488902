import AuctionTypes

/// A user's place in a segment, and until when.
package struct Membership: Equatable, Sendable, BitwiseCopyable {
  package var segment: SegmentID
  /// When it ends, in seconds since 1970; 0 for never.
  package var expirySeconds: UInt32

  package init(segment: SegmentID, expirySeconds: UInt32 = 0) {
    self.segment = segment
    self.expirySeconds = expirySeconds
  }

  /// Whether it still holds at a time in seconds since 1970.
  package func isLive(at seconds: UInt32) -> Bool {
    expirySeconds == 0 || expirySeconds > seconds
  }
}
