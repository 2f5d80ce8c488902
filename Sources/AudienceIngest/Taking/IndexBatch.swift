import AuctionTypes
import AudienceIndex
import FixedMemory

/// Turns the lines of a source's files into changes of the index.
package final class IndexBatch: UploadBatch {
  /// What the batch is.
  let request: BatchRequest
  /// The changes of users' rows.
  let staged: StagedBatch
  /// Users to be suppressed.
  private(set) var suppressed: [UserKey] = []
  private let hasher: UserKeyHasher?
  private let spaces: [SpaceHasher]
  private let expirySeconds: UInt32
  private var segments: SegmentNumbers
  private var changes: [SegmentChange] = []

  /// - Parameters:
  ///   - staged: where the changes go.
  ///   - hasher: makes the keys of the source's own space; nil for a suppression source.
  ///   - spaces: the spaces that a suppression line may name.
  init(
    _ request: BatchRequest, staged: StagedBatch, registry: SegmentRegistry,
    hasher: UserKeyHasher?, spaces: [SpaceHasher]
  ) {
    self.request = request
    self.staged = staged
    self.hasher = hasher
    self.spaces = spaces
    segments = SegmentNumbers(prefix: request.source.segmentPrefix, registry: registry)
    expirySeconds = Self.expirySeconds(request)
  }

  /// When memberships of a batch end, in seconds since 1970 rounded up; 0 for never.
  private static func expirySeconds(_ request: BatchRequest) -> UInt32 {
    guard request.source.ttlMilliseconds > 0 else { return 0 }
    let end = request.nowMilliseconds.addingReportingOverflow(request.source.ttlMilliseconds)
    guard !end.overflow else { return .max }
    return UInt32(clamping: (end.partialValue + 999) / 1000)
  }

  package func beginFile() { staged.beginFile() }

  package func take(id: RawSpan, added: [UInt64], removed: [UInt64]) throws -> Bool {
    guard let user = hasher?.key(of: id) else { return false }
    changes.removeAll(keepingCapacity: true)
    for segment in added {
      changes.append(.add(try segments.number(of: segment), until: expirySeconds))
    }
    if request.mode == .incremental {
      for segment in removed { changes.append(.remove(try segments.number(of: segment))) }
    }
    try staged.add(user, changes)
    return true
  }

  package func suppress(space: RawSpan, id: RawSpan) -> SuppressionOutcome {
    guard let known = spaces.first(where: { space.equals($0.name.rawSpan) }) else {
      return .unknownSpace
    }
    guard let user = known.hasher.key(of: id) else { return .noID }
    suppressed.append(user)
    return .taken
  }
}

/// A space that suppression lines may name.
struct SpaceHasher: Sendable {
  let name: [UInt8]
  let hasher: UserKeyHasher
}

extension BatchRequest {
  /// What the batch means for what its lines do not say.
  var stageMode: StageMode {
    switch (mode, source.fullReplaces) {
    case (.incremental, _): .changes
    case (.full, .users): .replaceUsers
    case (.full, .all): .replaceAll
    }
  }
}
