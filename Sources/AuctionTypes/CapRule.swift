/// At most so many impressions to a user within any period of a length.
@usableFromInline
package struct CapRule: BitwiseCopyable, Sendable, Hashable {
  /// At least 1.
  package var impressions: UInt16
  package var periodSeconds: UInt32
  /// Whether users without an id, who cannot be counted, pass.
  package var allowsUnidentified: Bool

  package init(impressions: UInt16, periodSeconds: UInt32, allowsUnidentified: Bool = false) {
    self.impressions = impressions
    self.periodSeconds = periodSeconds
    self.allowsUnidentified = allowsUnidentified
  }
}
