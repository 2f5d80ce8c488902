import AuctionTypes
import LinuxIO
import Testing

@testable import AudienceIndex

/// The store against dictionaries, over random changes, maintenance and restarts.
struct StoreModelTests {
  static let segmentCount = 40
  static let spaces = [IDSpace(name: "nod"), .ifa]

  @Test(arguments: Array(UInt64(1)...12))
  func storeKnowsWhatTheModelKnows(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var random = SyntheticGenerator(seed: seed)
    var options = AudienceStore.Options(path: folder.path("audience"), spaces: Self.spaces)
    options.stageMemoryBytes = 2000
    options.fingerprintMask = seed % 2 == 0 ? .max : 0x7
    var model = StoreModel()
    let users = (0..<200).map { _ in key(random.next(), random.next()) }
    var now: Int64 = 1000
    for opening in 0..<6 {
      let store = try AudienceStore(options)
      for _ in 0..<4 {
        now += Int64(random.next() % 40)
        try change(store, &model, users, now, &random)
        if random.next() % 3 == 0 { _ = try store.maintain(now: at(now)) }
      }
      try check(store, model, users, now, "seed \(seed) opening \(opening)")
    }
    let store = try AudienceStore(options)
    try store.compact(now: at(now))
    model.dropEnded(UInt32(now))
    try check(store, model, users, now, "seed \(seed) at the end")
    let info = store.info
    #expect(info.layers.count <= 1)
    #expect(info.userCount == model.rows.count)
    #expect(info.membershipCount == model.membershipCount)
    #expect(info.suppressedCount == model.suppressed.count)
    #expect(info.layers.first?.userCount ?? 0 == model.rows.count)
  }

  private func change(
    _ store: AudienceStore, _ model: inout StoreModel, _ users: [UserKey], _ now: Int64,
    _ random: inout SyntheticGenerator
  ) throws {
    let mode = [StageMode.changes, .replaceUsers, .replaceAll][Int(random.next() % 3)]
    let source = random.next() % 2 == 0 ? "a:" : "b:"
    for number in 0..<Self.segmentCount {
      _ = store.registry.intern("\(number % 2 == 0 ? "a:" : "b:")\(number)")
    }
    let batch = try store.beginBatch(mode: mode, segmentPrefix: source)
    batch.beginFile()
    var lines: [StoreModel.Line] = []
    for _ in 0..<Int(random.next() % 80) {
      let user = users[Int(random.next() % UInt64(users.count))]
      let changes = (0..<Int(random.next() % 6)).map { _ in
        randomChange(source, store.registry, now, &random)
      }
      lines.append(StoreModel.Line(user: user, changes: changes))
      try batch.add(user, changes)
    }
    let suppressed = random.next() % 4 == 0 ? [users[Int(random.next() % 200)]] : []
    let expected = model.apply(
      lines, mode: mode,
      isSource: { store.registry.name(of: $0)?.hasPrefix(source) == true }, now: UInt32(now))
    let result = try store.commit(batch, suppressing: suppressed, files: [], now: at(now))
    model.suppressed.formUnion(suppressed)
    #expect(result.counts == [expected])
    #expect(result.generation == store.generation)
  }

  private func randomChange(
    _ source: String, _ registry: SegmentRegistry, _ now: Int64,
    _ random: inout SyntheticGenerator
  ) -> SegmentChange {
    let parity = source == "a:" ? 0 : 1
    let number = Int(random.next() % UInt64(Self.segmentCount / 2)) * 2 + parity
    let segment = registry.intern("\(source)\(number)")
    switch random.next() % 4 {
    case 0: return .remove(segment)
    case 1: return .add(segment, until: 0)
    default: return .add(segment, until: UInt32(now) - 5 + UInt32(random.next() % 150))
    }
  }

  private func check(
    _ store: AudienceStore, _ model: StoreModel, _ users: [UserKey], _ now: Int64, _ what: String
  ) throws {
    let view = store.view()
    let hasWholeFingerprints = store.options.fingerprintMask == .max
    var scratch = AudienceScratch()
    var sizes: [SegmentID: Int] = [:]
    for user in users {
      // Ended memberships may still show until the next maintenance.
      let row = store.memberships(of: user)
      let exact = row ?? []
      for entry in exact {
        sizes[try #require(store.registry.number(of: entry.segment)), default: 0] += 1
      }
      let shown = Samples.lookup(user, view, &scratch)
      let names = (shown ?? []).compactMap { store.registry.name(of: $0) }.sorted()
      // With few bits a fingerprint may take a stranger for a known user, but never a known one.
      if row != nil || hasWholeFingerprints {
        #expect(names == exact.map(\.segment).sorted(), "\(what)")
      }
      var live: [String: UInt32] = [:]
      for entry in exact where entry.expirySeconds == 0 || entry.expirySeconds > now {
        live[entry.segment] = entry.expirySeconds
      }
      var expected: [String: UInt32] = [:]
      for (segment, expiry) in model.rows[user] ?? [:] where expiry == 0 || expiry > now {
        expected[store.registry.name(of: segment) ?? ""] = expiry
      }
      #expect(live == expected, "\(what)")
      #expect(view.isSuppressed(user) == model.suppressed.contains(user))
      #expect(store.isSuppressed(user) == model.suppressed.contains(user))
    }
    let counts = try #require(store.segmentCounts())
    #expect(counts.generation == store.generation)
    for number in 0..<store.registry.count {
      #expect(counts[segment(number)] == sizes[segment(number), default: 0], "\(what)")
    }
  }
}
