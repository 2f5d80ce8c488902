import AuctionTypes
import LinuxIO
import Testing

@testable import AudienceIngest

@Suite struct LimitTests {
  @Test func takesTheLongestNameAndRejectsALongerOne() throws {
    let fixture = try InboxFixture(.adobe(), store: ModelStore())
    for (length, status) in [
      (IngestLimits.fileNameBytes, IngestReport.Status.done),
      (IngestLimits.fileNameBytes + 1, .rejected), (255, .rejected),
    ] {
      let name = "ftp_" + String(repeating: "a", count: length - 9) + ".sync"
      #expect(name.utf8.count == length)
      try fixture.drop(name, "u1 24\n")
      try fixture.settle()
      let folder = fixture.root.directory(status.rawValue)
      #expect(try folder.list().contains(name))
      let report = SourceFolder.reportName(of: name)
      let bytes = try File.contents(of: folder.path(of: report), limit: 1000)
      #expect(IngestReport(json: bytes)?.file == name)
    }
  }

  @Test func listsAtMostSoManyFilesInAManifest() throws {
    let text = { (count: Int) in
      "{Files:[" + (0..<count).map { "{FileName:f\($0)}" }.joined(separator: ",") + "]}"
    }
    let most = try Manifest(Array(text(IngestLimits.manifestFiles).utf8))
    #expect(most.files.count == IngestLimits.manifestFiles)
    #expect(throws: FileRejection.self) {
      try Manifest(Array(text(IngestLimits.manifestFiles + 1).utf8))
    }
  }

  @Test func quotesAtMostSoManyLines() throws {
    for (asked, kept) in [(0, 0), (3, 3), (999, 999), (1000, 999)] {
      var tally = LineTally(errorLimit: asked)
      var source = MemorySource(String(repeating: "bad\n", count: 2000))
      var sink = ModelBatch(
        BatchRequest(
          source: .adobe(), uploads: [], mode: .full, timestampMilliseconds: nil,
          nowMilliseconds: 0), [])
      try tally.read(.adobeOutbound, from: &source, into: &sink)
      #expect(tally.errors.count == kept)
      #expect(tally.counts.malformed == 2000)
    }
  }

  @Test func numbersAtMostSoManySegments() throws {
    let registry = SegmentRegistry()
    var numbers = SegmentNumbers(prefix: "aam:", registry: registry, limit: 5000)
    for round in 0..<2 {
      for segment: UInt64 in 0..<5000 {
        let number = try numbers.number(of: segment &* 1_000_003)
        #expect(number.rawValue == UInt32(segment), "round \(round)")
      }
    }
    #expect(throws: FileRejection.tooManySegments) { try numbers.number(of: 7) }
    #expect(registry.name(of: SegmentID(rawValue: 1)) == "aam:1000003")
  }
}
