import AuctionTypes
import LinuxIO
import Testing

@testable import AudienceIndex

/// Many users by Zipf's law: 2 million where the build is optimised, a fortieth of them otherwise.
struct ScaleTests {
  #if DEBUG
    static let users = 50_000
    private static let lookups = 50_000
  #else
    static let users = 2_000_000
    private static let lookups = 1_000_000
  #endif

  @Test func noneOfManyUsersGetsAStrangersRow() throws {
    let folder = try TemporaryFolder()
    let audience = SyntheticAudience(
      users: Self.users, segments: 2000, meanSegments: 20, seed: 1)
    let hasher = UserKeyHasher(space: IDSpace(name: "nod"), key: Samples.hashKey)
    let users = try order(audience, hasher)
    let path = folder.path("a.nodx")
    try build(audience, users, path)
    let layer = try Samples.layer(path)
    let shared = SharedLayer(layer, name: "a")
    let view = AudienceView(
      layers: [shared], suppressed: .empty, generation: 1, userCount: users.count,
      membershipCount: 0)
    var info = SnapshotInfo([shared.info])
    info.userCount = users.count
    info.membershipCount = shared.info.membershipCount
    var scratch = AudienceScratch()
    var shadowed = 0
    for user in users {
      scratch.removeAll()
      let isFound = view.lookup(user.key, into: &scratch)
      let row = audience.row(of: user.number)
      let isRight = isFound && scratch.count == row.count
      if !isRight || !row.allSatisfy({ scratch.contains($0) }) { shadowed += 1 }
    }
    #expect(shadowed == 0)
    #expect(info.bytesPerUser <= 30)
    print(
      "audience: \(users.count) users, \(info.bytesPerUser) bytes a user,",
      "\(info.bytesPerMembership) a membership, \(info.byteCount) bytes in all,",
      "\(info.layers[0].exceptionCount) exceptions, \(shadowed) shadowed")
    try measure(users, view, hasher)
  }

  private struct User {
    let key: UserKey
    let number: Int
  }

  private func order(_ audience: SyntheticAudience, _ hasher: UserKeyHasher) throws -> [User] {
    var users: [User] = []
    users.reserveCapacity(audience.userCount)
    for number in 0..<audience.userCount {
      let key = try #require(hasher.key(of: audience.id(of: number)))
      users.append(User(key: key, number: number))
    }
    users.sort { $0.key < $1.key }
    return users
  }

  private func build(
    _ audience: SyntheticAudience, _ users: [User], _ path: String
  ) throws {
    var spent = Duration.zero
    var memberships = 0
    var builder = try LayerBuilder(path: path, options: Samples.options())
    var row: [Membership] = []
    for part in stride(from: 0, to: users.count, by: 10_000) {
      let rows = users[part..<min(part + 10_000, users.count)].map { user in
        (user.key, audience.row(of: user.number))
      }
      let start = ContinuousClock.now
      for (key, segments) in rows {
        row.removeAll(keepingCapacity: true)
        for segment in segments { row.append(Membership(segment: segment, expirySeconds: 9)) }
        memberships += row.count
        try builder.append(key, row)
      }
      spent += ContinuousClock.now - start
    }
    let start = ContinuousClock.now
    _ = try builder.finish { "seg:\($0.rawValue)" }
    spent += ContinuousClock.now - start
    print("audience: built \(memberships) memberships in \(spent)")
  }

  /// Prints what a lookup of a random user costs, known and unknown.
  private func measure(
    _ users: [User], _ view: borrowing AudienceView, _ hasher: UserKeyHasher
  ) throws {
    var random = SyntheticGenerator(seed: 77)
    let known = (0..<Self.lookups).map { _ in users[Int(random.next() % UInt64(users.count))].key }
    let unknown = (0..<Self.lookups).map { _ in key(random.next(), random.next()) }
    var scratch = AudienceScratch()
    for (name, keys) in [("known", known), ("unknown", unknown)] {
      for _ in 0..<3 {
        var found = 0
        var segments = 0
        let start = ContinuousClock.now
        for key in keys {
          scratch.removeAll()
          if view.lookup(key, into: &scratch) { found += 1 }
          segments += scratch.count
        }
        let spent = ContinuousClock.now - start
        print("audience: \(name) \(spent / keys.count) a lookup, \(found) found, \(segments)")
      }
    }
  }
}

extension ScaleTests {
  /// A `full` file of many users and an `iter` file of a tenth of them, in little memory.
  @Test func manyLinesAreTakenInSortedRuns() throws {
    let folder = try TemporaryFolder()
    let count = Self.users / 4
    let audience = SyntheticAudience(users: count, segments: 2000, meanSegments: 20, seed: 2)
    var options = AudienceStore.Options(
      path: folder.path("audience"), spaces: [IDSpace(name: "nod")])
    options.stageMemoryBytes = 8 << 20
    let store = try AudienceStore(options)
    for number in 0..<2000 { _ = store.registry.intern("s:\(number)") }
    let hasher = try #require(store.hasher(space: "nod"))
    let full = try store.beginBatch(mode: .replaceUsers, segmentPrefix: "s:")
    full.beginFile()
    var memberships = 0
    for user in 0..<count {
      let row = audience.row(of: user).map { SegmentChange.add($0, until: 900) }
      memberships += row.count
      try full.add(try #require(hasher.key(of: audience.id(of: user))), row)
    }
    let start = ContinuousClock.now
    let counts = try store.commit(full, files: [], now: at(1)).counts[0]
    let spent = ContinuousClock.now - start
    #expect(counts.added == memberships && counts.usersNew == count)
    print("audience: committed \(count) lines, \(memberships) memberships in \(spent)")
    let iter = try store.beginBatch(mode: .changes, segmentPrefix: "s:")
    iter.beginFile()
    for user in stride(from: 0, to: count, by: 10) {
      let row = audience.row(of: user)
      try iter.add(try #require(hasher.key(of: audience.id(of: user))), [.remove(row[0])])
    }
    let second = ContinuousClock.now
    let removed = try store.commit(iter, files: [], now: at(2)).counts[0]
    #expect(removed.removed == (count + 9) / 10 && removed.usersNew == 0)
    print(
      "audience: committed \((count + 9) / 10) lines over it in \(ContinuousClock.now - second)")
    let third = ContinuousClock.now
    try store.compact(now: at(3))
    print("audience: merged all in \(ContinuousClock.now - third)")
    #expect(store.info.userCount == count)
    #expect(store.info.membershipCount == memberships - removed.removed)
  }
}
