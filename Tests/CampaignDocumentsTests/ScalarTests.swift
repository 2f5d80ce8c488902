import CampaignDocuments
import Foundation
import Support
import Testing

@Suite struct ScalarTests {
  private static func reader(_ text: String) throws -> DocumentReader {
    let log = ProblemLog(file: "f.yaml")
    return try #require(
      DocumentReader(parsing: Array("[\(text)]".utf8), log: log)?.list(atMost: 1))[0]
  }

  @Test(
    arguments: [
      ("2026-01-01T00:00:00Z", 1_767_225_600_000),
      ("2026-01-01T00:00Z", 1_767_225_600_000),
      ("2026-01-01t00:00:00z", 1_767_225_600_000),
      ("2026-01-01 00:00:00Z", 1_767_225_600_000),
      ("2026-01-01T01:00:00+01:00", 1_767_225_600_000),
      ("2025-12-31T19:00:00-0500", 1_767_225_600_000),
      ("2026-01-01T05:45:00+05:45", 1_767_225_600_000),
      ("2026-01-01T00:00:00.5Z", 1_767_225_600_500),
      ("2026-01-01T00:00:00.1239Z", 1_767_225_600_123),
      ("2026-01-01T02:00:00+02", 1_767_225_600_000),
      ("1970-01-01T00:00:00Z", 0),
      ("2024-02-29T12:00:00Z", 1_709_208_000_000),
    ] as [(String, Int64)])
  func readsInstants(_ text: String, _ milliseconds: Int64) {
    #expect(InstantText.milliseconds(text) == milliseconds)
  }

  @Test(arguments: [
    "", "2026", "2026-01-01", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
    "2026-01-01T00:00:60Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+1",
    "1969-12-31T23:59:59Z",
    "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+01:", "2026-01-01T00:00:00Zz",
    "２026-01-01T00:00:00Z", "26-01-01T00:00:00Z",
  ])
  func refusesInstants(_ text: String) {
    #expect(InstantText.milliseconds(text) == nil)
  }

  @Test func agreesWithFoundationOnDates() {
    let style = Date.ISO8601FormatStyle()
    for day in stride(from: 0, through: 60_000, by: 17) {
      let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 12_345)
      #expect(InstantText.milliseconds(style.format(date)) == Int64(day) * 86_400_000 + 12_345_000)
    }
  }

  @Test(
    arguments: [
      ("100ms", 100), ("1s", 1_000), ("30m", 1_800_000), ("1h", 3_600_000), ("1d", 86_400_000),
      ("7d", 604_800_000), ("2w", 1_209_600_000), ("0s", 0),
    ] as [(String, Int64)])
  func readsDurations(_ text: String, _ milliseconds: Int64) throws {
    #expect(try Self.reader(text).milliseconds(in: 0...Int64.max) == milliseconds)
  }

  @Test(arguments: ["5", "h", "1 h", "-1h", "1.5h", "1H", "9223372036854775807d", "1h30m", "''"])
  func refusesDurations(_ text: String) throws {
    let reader = try Self.reader(text)
    #expect(reader.milliseconds(in: 0...Int64.max) == nil)
    #expect(reader.log.problems.count == 1)
  }

  @Test(
    arguments: [
      ("0.0012", 1_200), ("1", 1_000_000), ("1.08", 1_080_000), ("1e-3", 1_000),
      ("12E2", 1_200_000_000),
      ("0.000001", 1), ("1e-05", 10), ("0.10000000", 100_000), ("-2.5", -2_500_000), ("0", 0),
      ("-0.0", 0), ("9223372036854.775807", Int64.max), ("100e-8", 1),
    ] as [(String, Int64)])
  func readsFixedPointNumbers(_ text: String, _ value: Int64) throws {
    #expect(try Self.reader(text).fixedPoint(decimals: 6, in: Int64.min...Int64.max) == value)
  }

  @Test(arguments: [
    "0.0000001", "1e-7", "9223372036854.775808", "1e99", "1e999999999999", "abc", "'1'", "1.",
    ".5", "true", "1_0", "0x1",
  ])
  func refusesFixedPointNumbers(_ text: String) throws {
    let reader = try Self.reader(text)
    #expect(reader.fixedPoint(decimals: 6, in: Int64.min...Int64.max) == nil)
    #expect(reader.log.problems.count == 1)
  }

  @Test func spellsFixedPointNumbersAsItReadsThem() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<1_000 {
      let value = Int64.random(in: -5_000_000_000...5_000_000_000, using: &generator)
      let text = FixedPoint.spelled(value, decimals: 6)
      #expect(FixedPoint.parse(text, decimals: 6) == value, "\(text)")
    }
  }

  @Test(arguments: ["NO", "no", "on", "08-20", "2026-01-01T00:00:00Z", "75001", "0012", "1.0", "y"])
  func keepsTheSpellingOfPlainText(_ text: String) throws {
    #expect(try Self.reader(text).text(atMost: 100) == text)
  }

  @Test func readsIntegersToTheEndsOf64Bits() throws {
    let all = Int64.min...Int64.max
    #expect(try Self.reader("\(Int64.max)").integer(in: all) == Int64.max)
    #expect(try Self.reader("\(Int64.min)").integer(in: all) == Int64.min)
    #expect(try Self.reader("-0").integer(in: all) == 0)
    #expect(try Self.reader("9223372036854775808").integer(in: all) == nil)
  }

  @Test(
    arguments: [("5%", 50_000), ("0%", 0), ("100%", 1_000_000), ("0.0001%", 1)] as [(String, Int64)]
  )
  func readsShares(_ text: String, _ partsPerMillion: Int64) throws {
    #expect(try Self.reader(text).percentPartsPerMillion() == partsPerMillion)
  }

  @Test(arguments: ["5", "'%'", "0.00001%", "101%", "-1%", "5 %"])
  func refusesShares(_ text: String) throws {
    let reader = try Self.reader(text)
    #expect(reader.percentPartsPerMillion() == nil)
    #expect(reader.log.problems.count == 1)
  }
}
