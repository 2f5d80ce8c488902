/// What documents may refer to outside of themselves; nil leaves the references unchecked.
package struct KnownReferences: Sendable {
  /// A source of segments: those that start with its prefix exist for one advertiser or all.
  package struct SegmentScope: Sendable {
    /// What the names of the source's segments start with.
    package let prefix: String
    /// The only advertiser that the segments exist for; nil is everyone.
    package let advertiser: String?

    /// The scope of a source.
    package init(prefix: String, advertiser: String? = nil) {
      self.prefix = prefix
      self.advertiser = advertiser
    }
  }

  /// The names of all exchanges.
  package let exchanges: [String]?
  /// The scopes of all sources of segments.
  package let segments: [SegmentScope]?

  /// References to check against.
  package init(exchanges: [String]? = nil, segments: [SegmentScope]? = nil) {
    self.exchanges = exchanges
    self.segments = segments
  }

  /// Whether a segment exists for an advertiser.
  /// - Complexity: O(n) in the sources.
  func hasSegment(_ name: String, of advertiser: String) -> Bool {
    guard let segments else { return true }
    return segments.contains { scope in
      name.hasPrefix(scope.prefix) && (scope.advertiser == nil || scope.advertiser == advertiser)
    }
  }
}
