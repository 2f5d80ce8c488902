import AuctionTypes
import FixedMemory
import LinuxIO
import Testing

@testable import AudienceIndex

/// Each maximum of the target at its value and one above.
struct LimitTests {
  private func store(_ folder: TemporaryFolder, stageMemoryBytes: Int) throws -> AudienceStore {
    var options = AudienceStore.Options(
      path: folder.path("audience"), spaces: [IDSpace(name: "nod")])
    options.stageMemoryBytes = stageMemoryBytes
    return try AudienceStore(options)
  }

  @Test func batchHasAsManySortedFilesAsTheLimitSays() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder, stageMemoryBytes: 1)
    let segment = store.registry.intern("s:1")
    let batch = try store.beginBatch(mode: .changes, segmentPrefix: "s:")
    batch.beginFile()
    for user in 0..<Limits.stageRuns {
      try batch.add(key(UInt64(user) << 50, 1), [.add(segment, until: 0)])
    }
    #expect(batch.runs.count == Limits.stageRuns)
    #expect(throws: FileError.self) { try batch.add(key(1, 2), [.add(segment, until: 0)]) }
  }

  @Test func fullBatchOfSortedFilesIsMerged() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder, stageMemoryBytes: 1)
    let segment = store.registry.intern("s:1")
    let batch = try store.beginBatch(mode: .changes, segmentPrefix: "s:")
    batch.beginFile()
    for user in 0..<Limits.stageRuns {
      try batch.add(key(UInt64(user % 10) << 50, 1), [.add(segment, until: UInt32(user + 100))])
    }
    let counts = try store.commit(batch, files: [], now: at(1)).counts[0]
    #expect(counts.usersNew == 10 && counts.added == 10)
    let last = (0..<Limits.stageRuns).last { $0 % 10 == 3 } ?? 0
    #expect(
      store.memberships(of: key(3 << 50, 1)) == [
        NamedMembership(segment: "s:1", expirySeconds: UInt32(last + 100))
      ])
  }

  @Test func segmentsBeyondTheScratchAreLeftOut() {
    var scratch = AudienceScratch()
    scratch.insert(segment(Limits.maxSegments - 1))
    scratch.insert(segment(Limits.maxSegments))
    #expect(scratch.count == 1)
    #expect(scratch.contains(segment(Limits.maxSegments - 1)) == true)
    #expect(scratch.contains(segment(Limits.maxSegments)) == false)
  }

  @Test func scratchListsUpToItsLimitAndStillClears() {
    var scratch = AudienceScratch()
    for number in 0..<Limits.listedSegments { scratch.insert(segment(number)) }
    #expect(scratch.isComplete == true)
    scratch.insert(segment(5))
    #expect(scratch.isComplete == true)
    scratch.insert(segment(Limits.listedSegments))
    #expect(scratch.isComplete == false)
    #expect(scratch.contains(segment(Limits.listedSegments)) == true)
    scratch.removeAll()
    #expect(scratch.isComplete == true)
    #expect(scratch.count == 0)
    #expect(scratch.contains(segment(Limits.listedSegments)) == false)
  }

  @Test func manifestOfTooManyLayersIsRefused() throws {
    let folder = try TemporaryFolder()
    _ = try store(folder, stageMemoryBytes: 1)
    var manifest = StoreManifest()
    manifest.layers = (0...Limits.maxLayers).map { "\($0).nodx" }
    let directory = Directory(folder.path("audience"))
    try AudienceStore.write(manifest.encoded, as: StoreManifest.fileName, in: directory)
    #expect(throws: AudienceStoreError.self) { try store(folder, stageMemoryBytes: 1) }
  }

  @Test func manifestLinesThatNobodyWroteAreRefused() {
    let lines = [
      "generation x", "layer", "full a b", "full a b x", "applied a b c d - full 1 2 3 4 5",
      "applied a b c d - full 1 2 3 4 5 x", "full %zz b 1", "full %4 b 1", "else 1", "",
    ]
    for line in lines {
      let body = Array("nod-audience-manifest 1\n\(line)\n".utf8)
      let sum = String(Checksum64.of(body.rawSpan), radix: 16)
      #expect(StoreManifest(body + Array("checksum \(sum)\n".utf8)) == nil, "\(line)")
    }
    let empty = Array("nod-audience-manifest 1\n".utf8)
    let sum = String(Checksum64.of(empty.rawSpan), radix: 16)
    #expect(StoreManifest(empty + Array("checksum \(sum)\n".utf8)) == StoreManifest())
  }
}
