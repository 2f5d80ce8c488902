import FixedMemory
import Testing

@testable import AudienceIngest

@Suite struct AdobeLineTests {
  struct Case: Sendable {
    var line: String
    var verdict: LineVerdict
    var id = ""
    var added: [UInt64] = []
    var removed: [UInt64] = []
    var bad = 0
  }

  static let cases: [Case] = [
    Case(
      line: "59767559181262060060278870901087098252  24,26,27  25,28", verdict: .valid,
      id: "59767559181262060060278870901087098252", added: [24, 26, 27], removed: [25, 28]),
    Case(line: "u 24", verdict: .valid, id: "u", added: [24]),
    Case(line: "u      24,26 ", verdict: .valid, id: "u", added: [24, 26]),
    Case(line: "u 24 25 ", verdict: .valid, id: "u", added: [24], removed: [25]),
    Case(line: "u 24     25", verdict: .valid, id: "u", added: [24], removed: [25]),
    Case(line: "u 0", verdict: .valid, id: "u", added: [0]),
    Case(line: "u 24,,26", verdict: .valid, id: "u", added: [24, 26], bad: 1),
    Case(line: "u 24,26,", verdict: .valid, id: "u", added: [24, 26], bad: 1),
    Case(line: "u ,24", verdict: .valid, id: "u", added: [24], bad: 1),
    Case(line: "u 24,x,26 y,25", verdict: .valid, id: "u", added: [24, 26], removed: [25], bad: 2),
    Case(line: "u , 25", verdict: .valid, id: "u", removed: [25], bad: 2),
    Case(line: "u 007,7", verdict: .valid, id: "u", added: [7], bad: 1),
    Case(line: "u -5,+6,7", verdict: .valid, id: "u", added: [7], bad: 2),
    Case(line: "u 24\t25,26", verdict: .valid, id: "u", added: [26], bad: 1),
    Case(
      line: "u 999999999999999999,1000000000000000000,1", verdict: .valid, id: "u",
      added: [999_999_999_999_999_999, 1], bad: 1),
    Case(line: "u 24,24 24", verdict: .valid, id: "u", added: [24, 24], removed: [24]),
    Case(line: "ü\u{1F600} 24", verdict: .valid, id: "ü\u{1F600}", added: [24]),
    Case(line: "", verdict: .empty),
    Case(line: "   ", verdict: .empty),
    Case(line: " \t ", verdict: .empty),
    Case(line: "u", verdict: .malformed),
    Case(line: "u ", verdict: .malformed),
    Case(line: "u    ", verdict: .malformed),
    Case(line: "u x", verdict: .malformed),
    Case(line: "u ,", verdict: .malformed),
    Case(line: " u 24", verdict: .malformed),
    Case(line: "u\t24,25", verdict: .malformed),
    Case(line: "u 24 25 26", verdict: .malformed),
    Case(line: "this is no cookie sync file", verdict: .malformed),
    Case(line: "u,24,25", verdict: .malformed),
  ]

  @Test(arguments: cases) func takesLinesApart(_ expected: Case) {
    // Bytes around the line, so that a read past its ends is seen.
    let bytes = Array("9 9,9\n".utf8) + Array(expected.line.utf8) + Array("9,9 9\n".utf8)
    var line = AdobeLine()
    for _ in 0..<2 {
      let place = ByteSlice(offset: 6, count: expected.line.utf8.count)
      #expect(line.parse(bytes.rawSpan, place) == expected.verdict)
    }
    guard expected.verdict == .valid else { return }
    #expect(LineReaderTests.text(of: line.id, in: bytes.rawSpan) == expected.id)
    #expect(line.added == expected.added)
    #expect(line.removed == expected.removed)
    #expect(line.badSegments == expected.bad)
  }
}

@Suite struct SuppressionLineTests {
  @Test(arguments: [
    ("nod:1", LineVerdict.valid, "nod", "1"),
    (
      "ifa:38400000-8cf0-11bd-b23e-10b96e40000d\topt-out 2026", .valid, "ifa",
      "38400000-8cf0-11bd-b23e-10b96e40000d"
    ),
    ("uid:a:b:c", .valid, "uid", "a:b:c"),
    ("nod:1  ", .valid, "nod", "1"),
    ("nod:1 \treason", .valid, "nod", "1"),
    ("nod:1\t", .valid, "nod", "1"),
    ("", .empty, "", ""), (" \t", .empty, "", ""),
    ("nod", .malformed, "", ""), ("nod:", .malformed, "", ""), (":1", .malformed, "", ""),
    ("nod:\t1", .malformed, "", ""), ("nod: ", .malformed, "", ""),
    ("nod:a b", .malformed, "", ""), (" nod:1", .malformed, "", ""),
    ("nod\t:1", .malformed, "", ""), ("# comment: none", .malformed, "", ""),
  ])
  func takesLinesApart(_ text: String, _ verdict: LineVerdict, _ space: String, _ id: String) {
    let bytes = Array(("x:" + text + ":9").utf8)
    var line = SuppressionLine()
    let place = ByteSlice(offset: 2, count: text.utf8.count)
    #expect(line.parse(bytes.rawSpan, place) == verdict)
    guard verdict == .valid else { return }
    #expect(LineReaderTests.text(of: line.space, in: bytes.rawSpan) == space)
    #expect(LineReaderTests.text(of: line.id, in: bytes.rawSpan) == id)
  }
}

@Suite struct AdobeFileNameTests {
  struct Case: Sendable {
    var name: String
    var mode = AdobeFileName.Mode.incremental
    var timestamp: Int64?
    var split = 0
    var destination = ""
  }

  static let cases: [Case] = [
    Case(
      name: "ftp_12345_67890_xyz-1_full_1486140844000001.sync.gz", mode: .full,
      timestamp: 1_486_140_844_000, split: 1, destination: "ftp_12345_67890_xyz-1"),
    Case(
      name: "S3_1_20914_iter_1486140844000.sync", timestamp: 1_486_140_844_000,
      destination: "S3_1_20914"),
    Case(
      name: "s3_1_2_a_b_FULL_1500917331236-1.sync.gz", mode: .full,
      timestamp: 1_500_917_331_236, split: 1, destination: "s3_1_2_a_b"),
    Case(
      name: "http_1_iter_148614084400012345.SYNC.GZ", timestamp: 1_486_140_844_000,
      split: 12345, destination: "http_1"),
    Case(name: "1486140844000.sync", timestamp: 1_486_140_844_000),
    Case(name: "full_1486140844000002.sync", mode: .full, timestamp: 1_486_140_844_000, split: 2),
    Case(name: "users_full.sync", mode: .full, destination: "users"),
    Case(name: "users_full003.sync", mode: .full, split: 3, destination: "users"),
    Case(name: "users_iter-2.sync.gz", split: 2, destination: "users"),
    Case(name: "ftp_1.sync", destination: "ftp_1"),
    Case(name: "ftp.sync.gz", destination: "ftp"),
    Case(name: "ftp_1_2_1486140844.sync", destination: "ftp_1_2_1486140844"),
    Case(name: "ftp_1_fuller.sync", destination: "ftp_1_fuller"),
  ]

  @Test(arguments: cases) func readsNames(_ expected: Case) throws {
    let name = try AdobeFileName(expected.name)
    #expect(name.mode == expected.mode)
    #expect(name.timestampMilliseconds == expected.timestamp)
    #expect(name.split == expected.split)
    #expect(name.destination == expected.destination)
  }

  @Test(arguments: [
    "", ".sync", "notes.txt", "users.csv", "users.sync", "12345.sync.gz", "ftp_1_full.sync.zip",
    "ftp_1_full_1486140844000.overwrite", "ftp_dpm_1234_1486140844.sync",
    "FTP_DPM_1_full_1486140844000001.sync", "adobe_id_0_12345_1476312152.sync",
    "c2c_id_1_2_1476312152.sync.gz", "ftp_1_iter_14861408440001.sync",
    "ftp_1_iter_148614084400012.sync", "ftp_1_iter_1486140844000-.sync",
    "ftp_1_iter_1486140844000-x.sync", "ftp_1_iter_1486140844000001-1.sync",
    "ftp_1_iter_1486140844000" + String(repeating: "9", count: 30) + ".sync",
    "ftp_" + String(repeating: "a", count: IngestLimits.fileNameBytes) + ".sync",
  ])
  func refusesOtherNames(_ name: String) {
    #expect(throws: FileRejection.self) { try AdobeFileName(name) }
  }
}
