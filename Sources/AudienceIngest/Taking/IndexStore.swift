import AuctionTypes
import AudienceIndex

/// The audience index as the store of an inbox.
///
/// The index hands views to bids itself (``AudienceStore/attach(_:)``), within each commit.
package struct IndexStore: UploadStore {
  private let store: AudienceStore
  private let spaces: [SpaceHasher]

  /// - Parameters:
  ///   - store: an index that may be changed.
  ///   - spaces: the id spaces that the index was opened with.
  package init(_ store: AudienceStore, spaces: [IDSpace]) {
    self.store = store
    self.spaces = spaces.map { space in
      SpaceHasher(
        name: Array(space.name.utf8), hasher: UserKeyHasher(space: space, key: store.hashKey))
    }
  }

  package var generation: UInt64 { store.generation }

  package func effect(of upload: UploadIdentity) -> UploadEffect? {
    let file = store.applied(
      source: upload.source, name: upload.file, digest: upload.digest)
    return file.map { UploadEffect($0.counts, generation: $0.generation) }
  }

  package func newestFull(source: AudienceSource) -> Int64? {
    store.newestFull(source: source.name, idSpace: source.idSpace)
  }

  /// - Throws: ``UnknownIDSpace``, ``FileError``.
  package func begin(_ request: BatchRequest) throws -> IndexBatch {
    let name = Array(request.source.idSpace.utf8)
    let space = spaces.first { $0.name == name }
    guard request.source.format == .suppression || space != nil else {
      throw UnknownIDSpace(name: request.source.idSpace)
    }
    let staged = try store.beginBatch(
      mode: request.stageMode, segmentPrefix: request.source.segmentPrefix)
    return IndexBatch(
      request, staged: staged, registry: store.registry, hasher: space?.hasher, spaces: spaces)
  }

  package func commit(_ batch: IndexBatch) throws -> [UploadEffect] {
    let request = batch.request
    let files = request.uploads.map { upload in
      AppliedFile(
        source: upload.source, idSpace: request.source.idSpace, name: upload.file,
        digest: upload.digest, timestampMilliseconds: request.timestampMilliseconds,
        isFull: request.mode == .full)
    }
    let result = try store.commit(
      batch.staged, suppressing: batch.suppressed, files: files,
      now: WallTime(milliseconds: request.nowMilliseconds))
    return result.counts.map { UploadEffect($0, generation: result.generation) }
  }
}

/// A source names an id space that the index does not know.
struct UnknownIDSpace: Error, CustomStringConvertible {
  let name: String

  var description: String { "the id space `\(name)` is not configured" }
}

extension UploadEffect {
  init(_ counts: FileCounts, generation: UInt64) {
    self.init(
      generation: generation,
      memberships: .init(
        added: counts.added, removed: counts.removed, expired: counts.expired),
      users: .init(new: counts.usersNew, touched: counts.usersTouched))
  }
}
