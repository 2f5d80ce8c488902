import AuctionTypes
import FixedMemory
import Testing

@testable import AudienceIngest

@Suite struct ReportTests {
  @Test func writesTheReportsKeysInOrder() {
    var report = IngestReport(
      file: "a\"b.sync", source: "aam", format: .adobeOutbound, status: .done,
      started: WallTime(milliseconds: 1_763_805_600_000),
      finished: WallTime(milliseconds: 1_763_805_601_007), generation: 42)
    report.lines.stored = 5
    report.lines.malformed = 1
    report.lines.badSegments = 9
    report.memberships = .init(added: 3, removed: 2, expired: 1)
    report.users = .init(new: 1, touched: 2)
    report.errors = [LineError(line: 7, category: .malformed, text: "a\tb\u{1}\\")]
    #expect(
      report.json == """
        {"file":"a\\"b.sync","source":"aam","format":"adobe-outbound","status":"done","reason":null,
         "lines":{"received":6,"stored":5,"empty":0,"malformed":1,"too_long":0,"unknown_id":0,"duplicate":0,"bad_segments":9},
         "memberships":{"added":3,"removed":2,"expired":1},"users":{"new":1,"touched":2},
         "errors":[{"line":7,"category":"malformed","text":"a\\tb\\u0001\\\\"}],
         "started":"2025-11-22T10:00:00.000Z","finished":"2025-11-22T10:00:01.007Z","generation":42}

        """)
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
    (951_868_799_999, "2000-02-29T23:59:59.999Z"), (1_709_164_800_001, "2024-02-29T00:00:00.001Z"),
    (1_735_689_599_999, "2024-12-31T23:59:59.999Z"),
    (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (-86_400_000, "1969-12-31T00:00:00.000Z"), (-86_400_001, "1969-12-30T23:59:59.999Z"),
    (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"), (.min, "0001-01-01T00:00:00.000Z"),
  ])
  func writesInstantsInUTC(_ milliseconds: Int64, _ text: String) {
    #expect(UTCText.text(of: WallTime(milliseconds: milliseconds)) == text)
  }

  @Test(arguments: [
    ([0x61, 0xFF, 0x62], "a\u{FFFD}b"), ([0xC3, 0xA9], "é"), ([], ""), ([0xC3], "\u{FFFD}"),
  ])
  func quotesLinesAsValidText(_ bytes: [UInt8], _ text: String) {
    let place = ByteSlice(offset: 0, count: bytes.count)
    let error = LineError(line: 1, category: .malformed, bytes: bytes.rawSpan, at: place)
    #expect(error.text == text)
  }

  @Test func cutsQuotedLinesBetweenCharacters() {
    for (text, kept) in [("é", 199), ("\u{1F600}", 199), ("b", 200), ("\u{20AC}", 199)] {
      let bytes = [UInt8](repeating: 0x61, count: 199) + Array((text + "cccc").utf8)
      let place = ByteSlice(offset: 0, count: bytes.count)
      let error = LineError(line: 1, category: .tooLong, bytes: bytes.rawSpan, at: place)
      #expect(error.text.utf8.count == kept)
      #expect(!error.text.unicodeScalars.contains("\u{FFFD}"))
    }
  }
}

@Suite struct LineSetTests {
  @Test func tellsRepeatedLinesLikeASet() {
    var generator = Seeded(state: 11)
    var lines = LineSet(seed: 1)
    var model = Set<[UInt8]>()
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...20, using: &generator)
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...3, using: &generator) }
      let padded = [7] + bytes + [9]
      let place = ByteSlice(offset: 1, count: length)
      #expect(lines.insert(padded.rawSpan, place) == model.insert(bytes).inserted)
    }
    #expect(lines.count == model.count)
  }

  @Test func forgetsLinesPastItsLimit() {
    var lines = LineSet(seed: 1, limit: 2)
    let bytes: [UInt8] = [1, 2, 3, 3, 1]
    let isNew = (0..<5).map { lines.insert(bytes.rawSpan, ByteSlice(offset: $0, count: 1)) }
    #expect(isNew == [true, true, true, true, false])
  }
}
