/// What the files that only grow are bounded by, and why.
package enum JournalLimits {
  /// Bytes of one frame's payload: what a group commit can gather, and what a length field that was
  /// damaged may claim.
  package static let frameBytes = 4 << 20
}
