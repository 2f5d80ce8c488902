import AuctionTypes
import AudienceIngest

/// What the control plane works on of the inbox and the audience index, lent by the process.
package struct AudiencePort: Sendable {
  /// A feed, as it is shown.
  package struct Source: Sendable, Equatable {
    package var name: String
    package var format: UploadFormat
    /// The space of its ids; empty for suppressions.
    package var idSpace: String
    /// What its segments start with; empty for suppressions.
    package var segmentPrefix: String
    package var ttlSeconds: Int64
    /// The only advertiser that it exists for; nil for all.
    package var advertiser: String?

    package init(
      name: String, format: UploadFormat, idSpace: String, segmentPrefix: String,
      ttlSeconds: Int64, advertiser: String?
    ) {
      self.name = name
      self.format = format
      self.idSpace = idSpace
      self.segmentPrefix = segmentPrefix
      self.ttlSeconds = ttlSeconds
      self.advertiser = advertiser
    }
  }

  /// The feeds.
  package var sources: [Source] = []
  /// The folder that holds a folder for each source.
  package var inbox = ""
  /// Lets the inbox be looked at now.
  package var wakeIngest: @Sendable () -> Void = {}
  /// The file that is being read.
  package var reading: @Sendable () -> IngestProgress.Reading? = { nil }
  /// Counts bytes of a source's files that came in.
  package var countReceived: @Sendable (_ bytes: Int, _ source: String) -> Void = { _, _ in }
  /// The users of each segment as they were counted last; nil before the first count.
  package var census: @Sendable () -> SegmentCensus? = { nil }
  package var limits = UploadLimits()

  package init() {}
}

/// The users of each segment that has any.
package struct SegmentCensus: Sendable {
  /// A segment with users.
  package struct Segment: Sendable, Equatable {
    package let name: String
    package let users: Int

    package init(name: String, users: Int) {
      self.name = name
      self.users = users
    }
  }

  /// In the order of their names.
  package let segments: [Segment]
  /// The generation of the index that was counted.
  package let generation: UInt64
  /// When the count was finished.
  package let counted: WallTime

  /// - Complexity: O(n log n).
  package init(segments: [Segment], generation: UInt64, counted: WallTime) {
    self.segments = segments.sorted { $0.name < $1.name }
    self.generation = generation
    self.counted = counted
  }
}
