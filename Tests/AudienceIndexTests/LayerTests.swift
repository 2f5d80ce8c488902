import AuctionTypes
import FixedMemory
import LinuxIO
import Testing

@testable import AudienceIndex

struct LayerTests {
  @Test(arguments: [0, 1, 2, 11, 12, 13, 500, 5000], [false, true])
  func everyUserGetsTheirRow(count: Int, holdsKeys: Bool) throws {
    let folder = try TemporaryFolder()
    var random = SyntheticGenerator(seed: UInt64(count) + 1)
    let rows = Samples.rows(count, segments: 300, most: 40, &random)
    let path = folder.path("a.nodx")
    try Samples.write(rows, path, Samples.options(holdsKeys: holdsKeys))
    let layer = try Samples.layer(path)
    var scratch = AudienceScratch(segments: 300)
    for (user, row) in rows {
      #expect(Samples.lookup(user, layer, &scratch) == row.map(\.segment))
    }
    for _ in 0..<2000 {
      #expect(Samples.lookup(key(random.next(), random.next()), layer, &scratch) == nil)
    }
  }

  @Test(arguments: [UInt32(0), 1, 0x3, 0xf, 0xff])
  func usersWithTheSameFingerprintKeepTheirOwnRows(mask: UInt32) throws {
    let folder = try TemporaryFolder()
    var random = SyntheticGenerator(seed: UInt64(mask))
    let rows = Samples.rows(4000, segments: 100, most: 10, &random)
    try Samples.write(rows, folder.path("a"), Samples.options(mask: mask))
    let layer = try Samples.layer(folder.path("a"))
    let exceptions = layer.header[.exceptions].count
    #expect(exceptions > 0)
    var scratch = AudienceScratch(segments: 100)
    for (user, row) in rows {
      #expect(Samples.lookup(user, layer, &scratch) == row.map(\.segment))
    }
  }

  @Test func moreUsersThanABucketHoldsKeepTheirRows() throws {
    let folder = try TemporaryFolder()
    // All keys agree in the bits that choose the bucket.
    var rows: Rows = [:]
    for user in 0..<1000 {
      rows[key(42 << 32 | UInt64(user), UInt64(user))] = [Membership(segment: segment(user))]
    }
    for holdsKeys in [false, true] {
      let path = folder.path("\(holdsKeys)")
      try Samples.write(rows, path, Samples.options(holdsKeys: holdsKeys))
      let layer = try Samples.layer(path)
      var scratch = AudienceScratch()
      for (user, row) in rows {
        #expect(Samples.lookup(user, layer, &scratch) == row.map(\.segment))
      }
    }
  }

  @Test func recordsAreReadBackExactly() throws {
    let folder = try TemporaryFolder()
    var random = SyntheticGenerator(seed: 99)
    let rows = Samples.rows(3000, segments: 70_000, most: 60, &random)
    try Samples.write(rows, folder.path("a"), Samples.options())
    let shared = SharedLayer(try Samples.layer(folder.path("a")), name: "a")
    var cursor = RecordCursor(shared)
    var row: [Membership] = []
    for user in rows.keys.sorted() {
      #expect(cursor.key == user)
      cursor.read(into: &row)
      #expect(row == rows[user])
      cursor.advance()
    }
    #expect(cursor.key == nil)
  }

  @Test func seekingFindsEachKeyAndTheGapsBetween() throws {
    let folder = try TemporaryFolder()
    var random = SyntheticGenerator(seed: 5)
    let rows = Samples.rows(3000, segments: 1000, most: 30, &random)
    try Samples.write(rows, folder.path("a"), Samples.options())
    let shared = SharedLayer(try Samples.layer(folder.path("a")), name: "a")
    let keys = rows.keys.sorted()
    for step in [1, 7, 300] {
      var cursor = RecordCursor(shared)
      for index in stride(from: 0, to: keys.count, by: step) {
        cursor.seek(key(keys[index].high, keys[index].low))
        #expect(cursor.key == keys[index])
        cursor.seek(key(keys[index].high, keys[index].low + 1))
        #expect(cursor.key == (index + 1 < keys.count ? keys[index + 1] : nil))
      }
      cursor.seek(key(.max, .max))
      #expect(cursor.key == nil)
    }
  }

  @Test func oneUserMayBeInEverySegment() throws {
    let folder = try TemporaryFolder()
    let row = (0..<70_000).map { Membership(segment: segment($0), expirySeconds: 9) }
    try Samples.write([key(1, 1): row, key(2, 2): []], folder.path("a"), Samples.options())
    let layer = try Samples.layer(folder.path("a"))
    var scratch = AudienceScratch(listed: 1000)
    #expect(layer.lookup(key(1, 1), into: &scratch) == true)
    let isComplete = scratch.isComplete
    #expect(!isComplete)
    for number in [0, 999, 1000, 69_999] { #expect(scratch.contains(segment(number)) == true) }
    #expect(scratch.contains(segment(70_000)) == false)
    scratch.removeAll()
    #expect(scratch.contains(segment(69_999)) == false)
    #expect(Samples.lookup(key(2, 2), layer, &scratch) == [])
  }

  @Test func everyFlippedByteIsFoundWhenOpened() throws {
    let folder = try TemporaryFolder()
    var random = SyntheticGenerator(seed: 12)
    let rows = Samples.rows(30, segments: 20, most: 5, &random)
    try Samples.write(rows, folder.path("a"), Samples.options(mask: 1))
    let bytes = try File.contents(of: folder.path("a"), limit: 1 << 20)
    for offset in bytes.indices {
      var damaged = bytes
      damaged[offset] ^= 1 << UInt8(random.next() & 7)
      try expectDamage(damaged, folder.path("damaged"), "byte \(offset)")
    }
  }

  @Test func everyOtherLengthIsFoundWhenOpened() throws {
    let folder = try TemporaryFolder()
    var random = SyntheticGenerator(seed: 13)
    try Samples.write(
      Samples.rows(20, segments: 20, most: 5, &random), folder.path("a"), Samples.options())
    let bytes = try File.contents(of: folder.path("a"), limit: 1 << 20)
    for length in 0..<bytes.count {
      try expectDamage(Array(bytes[..<length]), folder.path("damaged"), "length \(length)")
    }
    try expectDamage(bytes + [0], folder.path("damaged"), "a byte more")
  }

  private func expectDamage(_ bytes: [UInt8], _ path: String, _ what: String) throws {
    try Directory.parent(of: path).directory.remove("damaged")
    try File(path, .createNew).write(bytes.rawSpan)
    let mapped = try MappedFile(path: path)
    do throws(LayerDamage) {
      _ = try AudienceLayer(mapped)
      Issue.record("\(what) was not noticed")
    } catch {
      #expect(!error.description.isEmpty)
    }
  }
}
