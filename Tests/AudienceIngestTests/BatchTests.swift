import AuctionTypes
import Support
import Testing

@testable import AudienceIngest

@Suite struct BatchTests {
  let store = ModelStore()
  static let first = "b_full_1486140844000001.sync.gz"
  static let second = "b_full_1486140844000002.sync"
  static let info = "b_full_1486140844000.info"
  static let firstText = Array("u1 1\n\nu2 2\n".utf8)
  static let secondText = Array("u3 3\n".utf8)

  func fixture(_ rule: AudienceSource.ManifestRule) throws -> InboxFixture<ModelStore> {
    var source = AudienceSource.adobe()
    source.manifest = rule
    source.batchTimeoutMilliseconds = 60_000
    return try InboxFixture(source, store: store)
  }

  struct Claim: Sendable, CustomTestStringConvertible {
    var bytes = Gzip.member(firstText).count
    var lines = 3
    var md5 = InboxFixture<ModelStore>.md5(Gzip.member(firstText))
    var isTrue = true
    var testDescription: String { "\(bytes) \(lines) \(md5)" }

    var text: String {
      """
      {Files:[{FileByteSize:\(bytes),FileLineCount:\(lines),FileName:"\(first)",
        FileSequenceNumber:1,md5:"\(md5)"},
       {FileByteSize:5,FileLineCount:1,FileName:"\(second)",FileSequenceNumber:2,
        md5:"\(InboxFixture<ModelStore>.md5(secondText))"}],
       Totals:{FileName:"\(info)",TotalNumberFiles:2}}
      """
    }
  }

  static let claims = [
    Claim(), Claim(bytes: firstText.count),
    Claim(md5: InboxFixture<ModelStore>.md5(firstText).uppercased()),
    Claim(bytes: 11_111, isTrue: false), Claim(lines: 2, isTrue: false),
    Claim(lines: 4, isTrue: false),
    Claim(md5: "0123456789abcdef0123456789abcdef", isTrue: false),
  ]

  func drop(_ fixture: InboxFixture<ModelStore>, _ claim: Claim? = nil) throws {
    try fixture.drop(Self.first, bytes: Gzip.member(Self.firstText))
    try fixture.drop(Self.second, bytes: Self.secondText)
    if let claim { try fixture.drop(Self.info, claim.text) }
  }

  @Test(arguments: claims) func takesABatchAsAWhole(_ claim: Claim) throws {
    let fixture = try fixture(.required)
    try drop(fixture, claim)
    try fixture.settle()
    for name in [Self.first, Self.second, Self.info] {
      let report = try #require(try fixture.report(name))
      #expect((report.status == .done) == claim.isTrue)
      #expect((report.reason == nil) == claim.isTrue)
    }
    #expect(store.generation == (claim.isTrue ? 1 : 0))
    #expect(store.rows.count == (claim.isTrue ? 3 : 0))
    let report = try fixture.report(Self.first)
    #expect(report?.lines.stored == (claim.isTrue ? 2 : 0))
  }

  @Test(arguments: [0, 1, 2]) func showsNothingOfABatchBeforeItsLastPart(_ last: Int) throws {
    let fixture = try fixture(.required)
    let steps: [() throws -> Void] = [
      { try fixture.drop(Self.first, bytes: Gzip.member(Self.firstText)) },
      { try fixture.drop(Self.second, bytes: Self.secondText) },
      { try fixture.drop(Self.info, Claim().text) },
    ]
    for index in [0, 1, 2] where index != last {
      try steps[index]()
      try fixture.settle()
      #expect(store.generation == 0)
    }
    try steps[last]()
    try fixture.settle()
    #expect(store.generation == 1)
    #expect(try fixture.report(Self.info)?.status == .done)
  }

  @Test(arguments: [[0], [1], [2], [0, 1], [0, 2]])
  func givesUpAnIncompleteBatch(_ dropped: [Int]) throws {
    let fixture = try fixture(.required)
    let names = [Self.first, Self.second, Self.info]
    for index in dropped {
      switch index {
      case 0: try fixture.drop(Self.first, bytes: Gzip.member(Self.firstText))
      case 1: try fixture.drop(Self.second, bytes: Self.secondText)
      default: try fixture.drop(Self.info, Claim().text)
      }
    }
    try fixture.settle()
    fixture.clock.advance(57_000)
    try fixture.inbox.poll()
    for index in dropped { #expect(try fixture.report(names[index]) == nil) }
    fixture.clock.advance(2_000)
    try fixture.settle()
    for index in dropped {
      let report = try #require(try fixture.report(names[index]))
      #expect(report.status == .rejected)
      #expect(report.reason?.contains("in time") == true)
    }
    #expect(store.generation == 0)
  }

  @Test func rejectsABatchWithOneBadPart() throws {
    let fixture = try fixture(.required)
    try fixture.drop(Self.first, bytes: Gzip.member(Self.firstText))
    try fixture.drop(Self.second, "no\n")
    try fixture.drop(Self.info, "{Files:[{FileName:\(Self.first)},{FileName:\(Self.second)}]}")
    try fixture.settle()
    for name in [Self.first, Self.second, Self.info] {
      #expect(try fixture.report(name)?.status == .rejected)
    }
    #expect(store.rows.isEmpty)
  }

  @Test func takesUsersAwayThatAFullOfAllDoesNotName() throws {
    var source = AudienceSource.adobe()
    source.manifest = .required
    source.fullReplaces = .all
    let fixture = try InboxFixture(source, store: store)
    for (time, text) in [(1, "u1 1\nu2 2\n"), (2, "u2 3\n")] {
      let name = "b_full_148614084400\(time)"
      try fixture.drop("\(name)001.sync", text)
      try fixture.drop("\(name).info", "{Files:[{FileName:\(name)001.sync}]}")
      try fixture.settle()
    }
    let now = fixture.clock.now.milliseconds
    #expect(store.segments("aam", "u1", at: now) == [])
    #expect(store.segments("aam", "u2", at: now) == ["aam:3"])
  }

  @Test(arguments: claims) func enforcesAManifestThatIsThere(_ claim: Claim) throws {
    let fixture = try fixture(.optional)
    try fixture.drop(Self.info, claim.text)
    try fixture.settle()
    try drop(fixture)
    try fixture.settle()
    #expect((try fixture.report(Self.first)?.status == .done) == claim.isTrue)
    #expect(try fixture.report(Self.second)?.status == .done)
    #expect((try fixture.report(Self.info)?.status == .done) == claim.isTrue)
  }

  @Test(arguments: claims) func checksAManifestThatComesLater(_ claim: Claim) throws {
    let fixture = try fixture(.optional)
    try drop(fixture)
    try fixture.settle()
    #expect(try fixture.report(Self.first)?.status == .done)
    let report = try fixture.take(Self.info, claim.text)
    #expect((report.status == .done) == claim.isTrue)
    #expect(try fixture.report(Self.first)?.status == .done)
    #expect(store.rows.count == 3)
  }

  @Test func rejectsFilesThatTheirManifestDoesNotList() throws {
    let fixture = try fixture(.optional)
    try fixture.drop(Self.info, "{Files:[{FileName:\(Self.second)}]}")
    try drop(fixture)
    try fixture.settle()
    #expect(try fixture.report(Self.first)?.status == .rejected)
    #expect(try fixture.report(Self.second)?.status == .done)
    #expect(try fixture.report(Self.info)?.status == .done)
  }

  @Test func rejectsAManifestWhoseFilesNeverCome() throws {
    let fixture = try fixture(.optional)
    try fixture.drop(Self.info, Claim().text)
    try fixture.settle()
    #expect(try fixture.report(Self.info) == nil)
    fixture.clock.advance(60_000)
    try fixture.settle()
    #expect(try fixture.report(Self.info)?.reason?.contains(Self.first) == true)
  }

  @Test func rejectsWhatIsNoManifest() throws {
    let fixture = try fixture(.optional)
    #expect(try fixture.take("b.info", "not a manifest").status == .rejected)
  }
}
