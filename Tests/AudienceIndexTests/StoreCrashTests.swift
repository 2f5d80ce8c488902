import AuctionTypes
import FixedMemory
import LinuxIO
import Synchronization
import Testing

@testable import AudienceIndex

/// Crashes and failures at every step of a change, and damage found at the next start.
struct StoreCrashTests {
  private struct Crash: Error {}

  static let spaces = [IDSpace(name: "nod")]

  /// A store with two users, and the options it was opened with.
  private func seeded(_ path: String) throws {
    let store = try AudienceStore(.init(path: path, spaces: Self.spaces))
    try add(store, [key(1, 1), key(2, 2)], "old:1", now: 100)
    try add(store, [key(3, 3)], "old:2", now: 101)
    try suppress(store, [key(9, 9)])
  }

  private func add(
    _ store: AudienceStore, _ users: [UserKey], _ name: String, now: Int64
  ) throws {
    let segment = store.registry.intern(name)
    let batch = try store.beginBatch(mode: .changes, segmentPrefix: "old:")
    batch.beginFile()
    for user in users { try batch.add(user, [.add(segment, until: 0)]) }
    let file = AppliedFile(source: "aam", idSpace: "nod", name: name, digest: "d")
    try store.commit(batch, files: [file], now: at(now))
  }

  private func suppress(_ store: AudienceStore, _ users: [UserKey]) throws {
    let batch = try store.beginBatch(mode: .changes, segmentPrefix: "")
    batch.beginFile()
    try store.commit(batch, suppressing: users, files: [], now: at(102))
  }

  /// The change that is interrupted: new rows, a new name, a suppressed user, a noted file.
  private func change(_ store: AudienceStore) throws {
    let segment = store.registry.intern("new:1")
    let batch = try store.beginBatch(mode: .changes, segmentPrefix: "new:")
    batch.beginFile()
    try batch.add(key(1, 1), [.add(segment, until: 0)])
    try batch.add(key(7, 7), [.add(segment, until: 500)])
    let file = AppliedFile(source: "aam", idSpace: "nod", name: "new", digest: "n")
    try store.commit(batch, suppressing: [key(8, 8)], files: [file], now: at(200))
  }

  /// Whether the change shows: wholly or not at all.
  private func hasChange(_ store: AudienceStore) -> Bool {
    let signs = [
      store.memberships(of: key(1, 1))?.contains { $0.segment == "new:1" } == true,
      store.memberships(of: key(7, 7)) != nil,
      store.isSuppressed(key(8, 8)),
      store.applied(source: "aam", name: "new", digest: "n") != nil,
    ]
    #expect(Set(signs).count == 1, "the change shows in part: \(signs)")
    #expect(store.memberships(of: key(2, 2))?.map(\.segment) == ["old:1"])
    #expect(store.memberships(of: key(3, 3))?.map(\.segment) == ["old:2"])
    #expect(store.isSuppressed(key(9, 9)))
    #expect(store.applied(source: "aam", name: "old:1", digest: "d") != nil)
    return signs[0]
  }

  @Test(arguments: StoreStep.allCases)
  func crashAfterAnyStepLeavesAllOrNothing(step: StoreStep) throws {
    let folder = try TemporaryFolder()
    try seeded(folder.path("a"))
    let copies = Mutex(0)
    var options = AudienceStore.Options(path: folder.path("a"), spaces: Self.spaces)
    options.onStep = { reached in
      guard reached == step else { return }
      let number = copies.withLock { count in
        count += 1
        return count
      }
      try TemporaryFolder.copy(
        Directory(folder.path("a")), to: Directory(folder.path("copy\(number)")))
    }
    try change(try AudienceStore(options))
    #expect(copies.withLock { $0 } == 1)
    let recovered = try AudienceStore(.init(path: folder.path("copy1"), spaces: Self.spaces))
    #expect(hasChange(recovered) == (step == .manifestNamed || step == .swept))
    let names = try Directory(folder.path("copy1")).list()
    #expect(!names.contains { $0.hasSuffix(".tmp") || $0 == "staging" })
    try change(recovered)
    #expect(hasChange(recovered))
  }

  @Test(arguments: StoreStep.allCases)
  func failureAtAnyStepLeavesAllOrNothing(step: StoreStep) throws {
    let folder = try TemporaryFolder()
    try seeded(folder.path("a"))
    var options = AudienceStore.Options(path: folder.path("a"), spaces: Self.spaces)
    options.onStep = { if $0 == step { throw Crash() } }
    do {
      let store = try AudienceStore(options)
      #expect(throws: Crash.self) { try change(store) }
      if step != .manifestNamed && step != .manifestWritten && step != .swept {
        #expect(!hasChange(store))
      }
    }
    let recovered = try AudienceStore(.init(path: folder.path("a"), spaces: Self.spaces))
    #expect(hasChange(recovered) == (step == .manifestNamed || step == .swept))
  }

  @Test func storeThatMayHaveWrittenTheManifestRefusesToGoOn() throws {
    let folder = try TemporaryFolder()
    var options = AudienceStore.Options(path: folder.path("a"), spaces: Self.spaces)
    let isArmed = Mutex(false)
    options.onStep = { step in
      if step == .manifestNamed && isArmed.withLock({ $0 }) { throw Crash() }
    }
    let store = try AudienceStore(options)
    try add(store, [key(1, 1)], "old:1", now: 1)
    isArmed.withLock { $0 = true }
    #expect(throws: Crash.self) { try add(store, [key(2, 2)], "old:2", now: 2) }
    #expect(throws: AudienceStoreError.broken) { try add(store, [key(3, 3)], "old:3", now: 3) }
    #expect(throws: AudienceStoreError.broken) { try store.maintain(now: at(9)) }
  }

  @Test func everyFlippedByteOfAStoreIsFoundOrHarmless() throws {
    let folder = try TemporaryFolder()
    try seeded(folder.path("a"))
    let directory = Directory(folder.path("a"))
    for name in try directory.list() where name != "lock" && name != "staging" {
      let bytes = try File.contents(of: directory.path(of: name), limit: 1 << 20)
      for offset in stride(from: 0, to: bytes.count, by: 3) {
        var damaged = bytes
        damaged[offset] ^= 0x10
        try overwrite(directory.path(of: name), damaged)
        do {
          _ = try AudienceStore(.init(path: directory.path, spaces: Self.spaces))
          Issue.record("\(name): byte \(offset) was not noticed")
        } catch {
          #expect("\(error)".contains(name), "\(error) does not name \(name)")
        }
      }
      try overwrite(directory.path(of: name), bytes)
    }
    let whole = try AudienceStore(.init(path: directory.path, spaces: Self.spaces))
    #expect(!hasChange(whole))
  }

  private func overwrite(_ path: String, _ bytes: [UInt8]) throws {
    let file = try File(path, .readWrite)
    try file.truncate(to: bytes.count)
    try file.write(bytes.rawSpan, at: 0)
  }

  @Test func missingFilesAreNamed() throws {
    let folder = try TemporaryFolder()
    for missing in [".nodx", ".nods", "segments", "hash.key"] {
      let path = folder.path("without\(missing)")
      try seeded(path)
      for name in try Directory(path).list() where name.hasSuffix(missing) {
        try Directory(path).remove(name)
      }
      do {
        _ = try AudienceStore(.init(path: path, spaces: Self.spaces))
        Issue.record("\(missing) was not missed")
      } catch {
        #expect("\(error)".contains(missing))
      }
    }
  }

  @Test func namesCutOffAtTheEndAreDropped() throws {
    let folder = try TemporaryFolder()
    try seeded(folder.path("a"))
    let path = folder.path("a/segments")
    let bytes = try File.contents(of: path, limit: 1 << 20)
    try overwrite(path, bytes + bytes.prefix(9))
    let store = try AudienceStore(.init(path: folder.path("a"), spaces: Self.spaces))
    #expect(store.registry.count == 2)
    try change(store)
    #expect(hasChange(store))
  }

  @Test func folderIsHeldAgainstASecondWriter() throws {
    let folder = try TemporaryFolder()
    let options = AudienceStore.Options(path: folder.path("a"), spaces: Self.spaces)
    let store = try AudienceStore(options)
    #expect(throws: AudienceStoreError.self) { try AudienceStore(options) }
    var reading = options
    reading.isReadOnly = true
    try add(store, [key(1, 1)], "old:1", now: 1)
    #expect(try AudienceStore(reading).memberships(of: key(1, 1))?.count == 1)
  }
}
