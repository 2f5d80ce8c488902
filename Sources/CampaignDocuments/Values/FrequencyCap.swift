/// At most so many impressions to a user within any period of this length.
package struct FrequencyCap: Sendable, Equatable {
  /// Impressions, at least 1.
  package let impressions: Int
  /// The length of the rolling period in seconds.
  package let periodSeconds: Int64
  /// Whether users without an id, who cannot be counted, pass.
  package let allowsUnidentified: Bool

  /// A cap of these parts.
  package init(impressions: Int, periodSeconds: Int64, allowsUnidentified: Bool = false) {
    self.impressions = impressions
    self.periodSeconds = periodSeconds
    self.allowsUnidentified = allowsUnidentified
  }
}
