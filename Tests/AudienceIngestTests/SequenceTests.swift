import AuctionTypes
import AudienceIndex
import LinuxIO
import Support
import Testing

@testable import AudienceIngest

@Suite struct SequenceTests {
  /// Random files, some wrong, repeated, renamed or late, one after the other into the index and
  /// into the model: the same reports and the same rows after each.
  @Test(arguments: 1...12) func agreesWithTheModel(_ seed: UInt64) throws {
    var files = FileGenerator(seed: seed)
    let model = ModelStore()
    let index = try IndexFixture()
    let plain = try InboxFixture(.adobe(), store: model)
    let real = try InboxFixture(.adobe(), store: index.store)
    for step in 0..<40 {
      let file = files.next()
      let expected = try plain.take(file.name, bytes: file.bytes)
      var found = try real.take(file.name, bytes: file.bytes)
      found.generation = expected.generation
      #expect(found == expected, "seed \(seed) step \(step) \(file.name)")
      let now = plain.clock.now.milliseconds
      for user in files.users {
        let row = model.segments("aam", user, at: now)
        let seen = index.segments(user, at: now)
        #expect(seen.records == row, "seed \(seed) step \(step) \(user)")
        // Bids may still see what ended, until the next merge.
        #expect(Set(row).isSubset(of: seen.bids), "seed \(seed) step \(step) \(user)")
      }
      let wait = Int64.random(in: 0...20, using: &files.random) * 86_400_000
      plain.clock.advance(wait)
      real.clock.advance(wait)
    }
  }

  @Test func showsAFileToBidsWithItsReport() throws {
    let index = try IndexFixture()
    let fixture = try InboxFixture(.adobe(), store: index.store)
    let report = try fixture.take("ftp_1_full_1486140844000.sync", "u1 24,26\nu2 7 7\n")
    #expect(report.generation == index.audience.view().generation)
    #expect(index.segments("u1", at: fixture.clock.now.milliseconds).bids == ["aam:24", "aam:26"])
    #expect(index.segments("u2", at: fixture.clock.now.milliseconds).bids == ["aam:7"])
    #expect(report.memberships == .init(added: 3))
    #expect(report.users == .init(new: 2, touched: 2))
  }

  @Test func suppressesUsersThroughAFull() throws {
    let index = try IndexFixture()
    let opt = try InboxFixture(.suppression, store: index.store)
    let uuid = "38400000-8cf0-11bd-b23e-10b96e40000d"
    let report = try opt.take(
      "gone.txt", "nod:u1\nifa:\(uuid)\treason\nifa:short\nweb:u1\nnod:u1\n")
    #expect(report.lines.stored == 2)
    #expect(report.lines.malformed == 1)
    #expect(report.lines.unknownID == 1)
    #expect(report.lines.duplicate == 1)
    #expect(report.users == .init(new: 0, touched: 2))
    let fixture = try InboxFixture(.adobe(), store: index.store)
    try fixture.take("ftp_1_full_1486140844000.sync", "u1 24\n")
    let key = try #require(index.audience.hasher(space: "nod")?.key(of: "u1"))
    let phone = try #require(index.audience.hasher(space: "ifa")?.key(of: uuid.uppercased()))
    let view = index.audience.view()
    #expect(view.isSuppressed(key) == true)
    #expect(view.isSuppressed(phone) == true)
    #expect(index.segments("u1", at: 0).records == ["aam:24"])
  }

  @Test func refusesAnIDOfAnotherForm() throws {
    let index = try IndexFixture()
    var source = AudienceSource.adobe()
    source.idSpace = "ifa"
    let fixture = try InboxFixture(source, store: index.store)
    let text = "38400000-8cf0-11bd-b23e-10b96e40000d 1\nu1 1\n38400000-8cf0-11bd-b23e 2\n"
    let report = try fixture.take("ftp_1_iter_1486140844000.sync", text)
    #expect(report.lines.stored == 1)
    #expect(report.lines.malformed == 2)
  }

  @Test func saysThatASpaceIsNotConfigured() throws {
    var source = AudienceSource.adobe()
    source.idSpace = "web"
    let index = try IndexFixture()
    let fixture = try InboxFixture(source, store: index.store)
    try fixture.append("u1 1\n", to: "ftp_1_iter_1486140844000.sync")
    try fixture.inbox.poll()
    #expect(throws: UnknownIDSpace.self) { try fixture.inbox.poll() }
  }

  @Test func replacesAllUsersWithABatch() throws {
    let index = try IndexFixture()
    var source = AudienceSource.adobe()
    source.manifest = .required
    source.fullReplaces = .all
    let fixture = try InboxFixture(source, store: index.store)
    for (time, texts) in [(1, ["u1 1\n", "u2 2\nu4 4\n"]), (2, ["u2 3\n", "u3 1\nu2 5\n"])] {
      let names = [1, 2].map { "b_full_148614084400\(time)00\($0).sync" }
      for (name, text) in zip(names, texts) { try fixture.drop(name, text) }
      let listed = names.map { "{FileName:\($0)}" }.joined(separator: ",")
      try fixture.drop("b\(time).info", "{Files:[\(listed)]}")
      try fixture.settle()
    }
    let now = fixture.clock.now.milliseconds
    let rows = ["u1", "u2", "u3", "u4"].map { index.segments($0, at: now).bids }
    #expect(rows == [[], ["aam:3", "aam:5"], ["aam:1"], []])
    #expect(try fixture.report("b_full_1486140844002001.sync")?.users.touched == 1)
    #expect(try fixture.report("b_full_1486140844002002.sync")?.users.touched == 2)
  }
}

/// Makes files of an Adobe feed: mostly good ones in order, some late, repeated, renamed, gzip or
/// wrong.
struct FileGenerator {
  struct File {
    var name: String
    var bytes: [UInt8]
  }

  let users = (1...12).map { "user-\($0)" }
  var random: Seeded
  private var timestamp: Int64 = 1_486_140_844_000
  private var made: [File] = []

  init(seed: UInt64) { random = Seeded(state: seed) }

  mutating func next() -> File {
    timestamp += Int64.random(in: 1...5000, using: &random)
    if !made.isEmpty, Int.random(in: 0..<6, using: &random) == 0 {
      var file = made.randomElement(using: &random)!
      if Bool.random(using: &random) { file.name = name(isGzip: file.name.hasSuffix("gz")) }
      return file
    }
    let isGzip = Int.random(in: 0..<3, using: &random) == 0
    let text = Array(text().utf8)
    var file = File(name: name(isGzip: isGzip), bytes: isGzip ? Gzip.member(text) : text)
    if Int.random(in: 0..<10, using: &random) == 0 {
      file.bytes = Array(file.bytes.dropLast(Int.random(in: 1...9, using: &random)))
    }
    made.append(file)
    return file
  }

  private mutating func name(isGzip: Bool) -> String {
    let isLate = Int.random(in: 0..<6, using: &random) == 0
    let time = timestamp - (isLate ? Int64.random(in: 0...9000, using: &random) : 0)
    let mode = Int.random(in: 0..<3, using: &random) == 0 ? "full" : "iter"
    let split = Int.random(in: 1...3, using: &random)
    return "ftp_1_2_\(mode)_\(time)00\(split).sync" + (isGzip ? ".gz" : "")
  }

  private mutating func text() -> String {
    let count = Int.random(in: 0...30, using: &random)
    return (0..<count).map { _ in line() + "\n" }.joined()
  }

  private mutating func line() -> String {
    let user = users.randomElement(using: &random)!
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return ""
    case 1: return user
    case 2: return "\(user) \(list()),x"
    case 3...6: return "\(user)  \(list())  \(list())"
    default: return "\(user) \(list())"
    }
  }

  private mutating func list() -> String {
    let count = Int.random(in: 1...4, using: &random)
    return (0..<count).map { _ in "\(Int.random(in: 1...9, using: &random))" }.joined(
      separator: ",")
  }
}
