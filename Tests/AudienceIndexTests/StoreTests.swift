import AuctionTypes
import FixedMemory
import LinuxIO
import Synchronization
import Testing

@testable import AudienceIndex

struct StoreTests {
  static let spaces = [IDSpace(name: "nod"), .ifa]

  private func open(_ folder: TemporaryFolder) throws -> AudienceStore {
    try AudienceStore(.init(path: folder.path("audience"), spaces: Self.spaces))
  }

  private func commit(
    _ store: AudienceStore, _ lines: [(UserKey, [SegmentChange])],
    _ mode: StageMode = .changes, now: Int64 = 10
  ) throws -> FileCounts {
    let batch = try store.beginBatch(mode: mode, segmentPrefix: "s:")
    batch.beginFile()
    for (user, changes) in lines { try batch.add(user, changes) }
    return try store.commit(batch, files: [], now: at(now)).counts[0]
  }

  @Test func endedMembershipsGoWithTheNextMaintenance() throws {
    let folder = try TemporaryFolder()
    let store = try open(folder)
    let segment = store.registry.intern("s:1")
    _ = try commit(store, [(key(1, 1), [.add(segment, until: 100)])])
    #expect(try store.maintain(now: at(99)) == false)
    #expect(store.memberships(of: key(1, 1))?.count == 1)
    #expect(try store.maintain(now: at(100)) == true)
    #expect(store.memberships(of: key(1, 1)) == nil)
    #expect(store.info.userCount == 0)
    #expect(store.info.layers.isEmpty)
    #expect(try store.maintain(now: at(5000)) == false)
  }

  @Test func layersStayFewUnderManyCommits() throws {
    let folder = try TemporaryFolder()
    let store = try open(folder)
    let segment = store.registry.intern("s:1")
    let many = (0..<5000).map { (key(UInt64($0) << 48, 1), [SegmentChange.add(segment, until: 0)]) }
    _ = try commit(store, many)
    for round in 0..<30 {
      _ = try commit(store, [(key(UInt64(round), 2), [.add(segment, until: 0)])])
      #expect(store.info.layers.count <= Limits.maxLayers)
    }
    while try store.maintain(now: at(10)) {}
    #expect(store.info.layers.count <= Limits.upperLayers + 1)
    #expect(store.info.userCount == 5030)
    for round in 0..<30 { #expect(store.memberships(of: key(UInt64(round), 2))?.count == 1) }
    let names = try Directory(folder.path("audience")).list()
    #expect(names.filter { $0.hasSuffix(".nodx") }.count == store.info.layers.count)
  }

  @Test func viewsFollowEachOtherInOrderAndOldOnesStayWhole() throws {
    let folder = try TemporaryFolder()
    let store = try open(folder)
    let segment = store.registry.intern("s:1")
    let generations = Mutex<[UInt64]>([])
    store.attach { view in generations.withLock { $0.append(view.generation) } }
    _ = try commit(store, [(key(1, 1), [.add(segment, until: 0)])])
    let old = store.view()
    _ = try commit(store, [(key(1, 1), [.remove(segment)])])
    try store.compact(now: at(10))
    #expect(generations.withLock { $0 } == [0, 1, 2, 3])
    var scratch = AudienceScratch()
    #expect(Samples.lookup(key(1, 1), old, &scratch) == [segment])
    #expect(Samples.lookup(key(1, 1), store.view(), &scratch) == nil)
  }

  @Test func batchThatIsDroppedLeavesNoTrace() throws {
    let folder = try TemporaryFolder()
    var options = AudienceStore.Options(path: folder.path("audience"), spaces: Self.spaces)
    options.stageMemoryBytes = 100
    let store = try AudienceStore(options)
    do {
      let batch = try store.beginBatch(mode: .changes, segmentPrefix: "s:")
      batch.beginFile()
      for user in 1...50 {
        try batch.add(key(UInt64(user), 1), [.add(store.registry.intern("s:1"), until: 0)])
      }
      #expect(batch.lineCount == 50)
      #expect(try Directory(folder.path("audience/staging")).list().isEmpty == false)
    }
    #expect(try Directory(folder.path("audience/staging")).list() == [])
    #expect(store.generation == 0)
    #expect(store.memberships(of: key(1, 1)) == nil)
  }

  @Test func countsBelongToTheFileThatSaidItLast() throws {
    let folder = try TemporaryFolder()
    let store = try open(folder)
    let (one, two) = (store.registry.intern("s:1"), store.registry.intern("s:2"))
    _ = try commit(store, [(key(5, 5), [.add(one, until: 0), .add(two, until: 0)])])
    let batch = try store.beginBatch(mode: .replaceUsers, segmentPrefix: "s:")
    batch.beginFile()
    try batch.add(key(1, 1), [.add(one, until: 0)])
    try batch.add(key(5, 5), [.add(two, until: 0)])
    batch.beginFile()
    batch.beginFile()
    try batch.add(key(1, 1), [.add(two, until: 0), .remove(one)])
    try batch.add(key(2, 2), [.add(one, until: 3)])
    let counts = try store.commit(batch, files: [], now: at(10)).counts
    var first = FileCounts()
    (first.removed, first.usersNew, first.usersTouched) = (1, 1, 2)
    var third = FileCounts()
    (third.added, third.expired, third.usersTouched) = (1, 1, 2)
    #expect(counts == [first, FileCounts(), third])
    #expect(store.memberships(of: key(1, 1))?.map(\.segment) == ["s:2"])
    #expect(store.memberships(of: key(5, 5))?.map(\.segment) == ["s:2"])
  }

  @Test func removedUsersAreForgotten() throws {
    let folder = try TemporaryFolder()
    let store = try open(folder)
    let (one, other) = (store.registry.intern("s:1"), store.registry.intern("t:1"))
    _ = try commit(
      store,
      [
        (key(1, 1), [.add(one, until: 0), .add(other, until: 0)]),
        (key(2, 2), [.add(one, until: 0)]),
      ])
    try store.removeUsers([key(1, 1), key(3, 3)], now: at(11))
    #expect(store.memberships(of: key(1, 1)) == [])
    #expect(store.info.userCount == 1)
    try store.compact(now: at(11))
    #expect(store.memberships(of: key(1, 1)) == nil)
    #expect(store.memberships(of: key(2, 2))?.count == 1)
  }

  @Test func appliedFilesAndNewestFullsAreRemembered() throws {
    let folder = try TemporaryFolder()
    let file = AppliedFile(
      source: "a b%", idSpace: "nod", name: "ftp_1 é\n.sync", digest: "00ff",
      timestampMilliseconds: 1_486_140_844_000, isFull: true)
    do {
      let store = try open(folder)
      let batch = try store.beginBatch(mode: .replaceUsers, segmentPrefix: "s:")
      batch.beginFile()
      try batch.add(key(1, 1), [.add(store.registry.intern("s:é"), until: 0)])
      var older = file
      older.timestampMilliseconds = 5
      older.name = "older"
      try store.commit(batch, files: [file, older], now: at(10))
    }
    let store = try open(folder)
    var expected = file
    expected.generation = 1
    (expected.counts.added, expected.counts.usersNew, expected.counts.usersTouched) = (1, 1, 1)
    #expect(store.applied(source: file.source, name: file.name, digest: "00ff") == expected)
    #expect(store.applied(source: file.source, name: file.name, digest: "00fe") == nil)
    #expect(store.newestFull(source: "a b%", idSpace: "nod") == 1_486_140_844_000)
    #expect(store.newestFull(source: "a b%", idSpace: "ifa") == nil)
    #expect(store.memberships(of: key(1, 1))?.map(\.segment) == ["s:é"])
  }

  @Test func manifestForgetsTheOldestFiles() {
    var manifest = StoreManifest()
    for number in 0...Limits.appliedFiles {
      manifest.applied.append(
        AppliedFile(source: "s", idSpace: "n", name: "\(number)", digest: "d"))
    }
    manifest.note(AppliedFile(source: "s", idSpace: "n", name: "new", digest: "d"))
    #expect(manifest.applied.count == Limits.appliedFiles)
    #expect(manifest.applied.first?.name == "2")
    let replayed = AppliedFile(source: "s", idSpace: "n", name: "7", digest: "d")
    manifest.note(replayed)
    #expect(manifest.applied.count == Limits.appliedFiles)
    #expect(manifest.applied.last?.name == "7")
    #expect(StoreManifest(manifest.encoded) == manifest)
  }

  @Test func requestLookupUnitesRowsAndHonoursSuppression() throws {
    let folder = try TemporaryFolder()
    let store = try open(folder)
    let (one, two) = (store.registry.intern("s:1"), store.registry.intern("s:2"))
    let batch = try store.beginBatch(mode: .changes, segmentPrefix: "s:")
    batch.beginFile()
    try batch.add(key(1, 1), [.add(one, until: 0)])
    try batch.add(key(2, 2), [.add(one, until: 0), .add(two, until: 0)])
    try batch.add(key(3, 3), [.add(two, until: 0)])
    let result = try store.commit(
      batch, suppressing: [key(3, 3), key(3, 3)], files: [], now: at(10))
    #expect(result.usersSuppressed == 1)
    let view = store.view()
    var scratch = AudienceScratch()
    let united = [key(1, 1), key(4, 4), key(2, 2)]
    #expect(view.lookup(united.span, into: &scratch) == LookupResult(knownCount: 2))
    #expect(Samples.segments(scratch) == [one, two])
    let suppressed = [key(1, 1), key(3, 3)]
    #expect(view.lookup(suppressed.span, into: &scratch) == LookupResult(isSuppressed: true))
    #expect(Samples.segments(scratch) == [])
    let unknown = [key(4, 4)]
    #expect(view.lookup(unknown.span, into: &scratch) == LookupResult())
  }

  @Test func suppressionSurvivesEverything() throws {
    let folder = try TemporaryFolder()
    var random = SyntheticGenerator(seed: 3)
    let users = (0..<3000).map { _ in key(random.next(), random.next()) }
    do {
      let store = try open(folder)
      for part in [users[..<10], users[10..<1000], users[500...]] {
        let batch = try store.beginBatch(mode: .changes, segmentPrefix: "")
        batch.beginFile()
        try store.commit(batch, suppressing: Array(part), files: [], now: at(1))
      }
      _ = try commit(
        store, [(users[0], [.add(store.registry.intern("s:1"), until: 0)])], .replaceAll)
      try store.compact(now: at(2))
    }
    let view = try open(folder).view()
    #expect(view.suppressedCount == 3000)
    for user in users { #expect(view.isSuppressed(user) == true) }
    for _ in 0..<3000 { #expect(view.isSuppressed(key(random.next(), random.next())) == false) }
  }

  @Test func snapshotFileIsReadAlone() throws {
    let folder = try TemporaryFolder()
    let store = try open(folder)
    let hasher = try #require(store.hasher(space: "ifa"))
    let user = try #require(hasher.key(of: "EA7583CD-A667-48BC-B806-42ECB2B48606"))
    _ = store.registry.intern("s:unused")
    let segment = store.registry.intern("s:7")
    _ = try commit(store, [(user, [.add(segment, until: 500)]), (key(1, 1), [])])
    _ = try commit(store, [(key(2, 2), [.add(segment, until: 0)])])
    let path = folder.path("export.nodx")
    try store.exportSnapshot(to: path, now: at(20))
    try store.exportSnapshot(to: path, now: at(20))
    let snapshot = try AudienceSnapshot(path: path)
    #expect(snapshot.spaces == Self.spaces)
    let again = snapshot.hasher(space: "ifa")?.key(of: "ea7583cd-a667-48bc-b806-42ecb2b48606")
    #expect(again == user)
    #expect(
      snapshot.memberships(of: user) == [NamedMembership(segment: "s:7", expirySeconds: 500)])
    #expect(snapshot.memberships(of: key(1, 1)) == nil)
    #expect(snapshot.info.userCount == 2)
    #expect(snapshot.info.segmentCount == 1)
    var scratch = AudienceScratch()
    #expect(Samples.lookup(user, snapshot.view(), &scratch) == [segment])
    #expect(throws: FileError.self) { try AudienceSnapshot(path: folder.path("none")) }
  }
}
