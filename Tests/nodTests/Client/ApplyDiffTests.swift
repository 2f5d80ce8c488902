import CampaignDocuments
import Testing

@testable import nod

@Suite struct ApplyDiffTests {
  /// The lines for an answer of the server.
  private static func lines(_ json: String, hasColour: Bool = false) throws -> [String] {
    let answer = ClientAnswer(status: 200, fields: [], body: Array(json.utf8))
    let result = try #require(ApplyAnswer(answer))
    return ApplyDiff(result, currencies: ["acme": "EUR"], hasColour: hasColour).lines
  }

  /// An answer with changes.
  private static func answer(_ changes: String..., created: Int = 0, isDry: Bool = false) -> String
  {
    """
    {"validate_only":\(isDry),"summary":{"created":\(created),"updated":2,"deleted":1,\
    "unchanged":3},"changes":[\(changes.joined(separator: ","))],"warnings":[]}
    """
  }

  /// A change of a line item.
  private static func change(_ action: String, _ fields: String) -> String {
    """
    {"action":"\(action)","kind":"line-item","path":"acme/k/l","advertiser":"acme","id":"l",\
    "fields":[\(fields)]}
    """
  }

  @Test func showsEachFieldOldAndNew() throws {
    let update = Self.change(
      "update",
      """
      {"pointer":"/budget/daily_micros","before":50000000,"after":60123456},
      {"pointer":"/budget/total_micros","before":null,"after":1},
      {"pointer":"/bid/max_cpm_micros","before":2500000,"after":null},
      {"pointer":"/status","before":"active","after":"paused"},
      {"pointer":"/bid/prior_ctr","before":0.0015,"after":0.002},
      {"pointer":"/creatives","before":["a"],"after":["a","b"]}
      """)
    #expect(
      try Self.lines(Self.answer(update)) == [
        "~ line-item acme/k/l",
        "    ~ /budget/daily_micros: 50.00 EUR → 60.123456 EUR",
        "    + /budget/total_micros: 0.000001 EUR",
        "    - /bid/max_cpm_micros: 2.50 EUR",
        "    ~ /status: active → paused",
        "    ~ /bid/prior_ctr: 0.0015 → 0.002",
        #"    ~ /creatives: ["a"] → ["a","b"]"#,
        "applied: 0 created, 2 updated, 1 deleted, 3 unchanged",
      ])
  }

  @Test func showsWhatIsNewAndWhatIsGone() throws {
    let create = Self.change(
      "create",
      #"{"pointer":"","before":null,"after":{"id":"l","status":"active","#
        + #""bid":{"amount_micros":1000000}}}"#
    )
    let delete = Self.change("delete", #"{"pointer":"","before":{"id":"l"},"after":null}"#)
    #expect(
      try Self.lines(Self.answer(create, delete, isDry: true)) == [
        "+ line-item acme/k/l",
        "    + /bid/amount_micros: 1.00 EUR",
        "    + /status: active",
        "- line-item acme/k/l",
        "dry run, nothing was changed: 0 to create, 2 to update, 1 to delete, 3 unchanged",
      ])
  }

  @Test func leavesOutTheFieldsOfManyNewObjects() throws {
    let create = Self.change("create", #"{"pointer":"","before":null,"after":{"status":"active"}}"#)
    let creates = Array(repeating: create, count: 21).joined(separator: ",")
    let lines = try Self.lines(#"{"summary":{"created":21},"changes":[\#(creates)]}"#)
    #expect(lines.count == 23)
    #expect(lines[21] == "(the fields of 21 new objects are left out; --json has them)")
  }

  @Test func keepsSignsBesideColours() throws {
    let update = Self.change("update", #"{"pointer":"/status","before":"a","after":"b"}"#)
    let lines = try Self.lines(Self.answer(update), hasColour: true)
    #expect(lines.first == "\u{1B}[33m~ line-item acme/k/l\u{1B}[0m")
  }

  @Test func letsNoTextSteerTheTerminal() throws {
    let update = Self.change(
      "update", #"{"pointer":"/name","before":"a","after":"\u001b[2Jb\r\nc\u009b"}"#)
    #expect(try Self.lines(Self.answer(update))[1] == "    ~ /name: a → ?[2Jb??c?")
  }

  @Test func showsLongTextsFromWhereTheyDiffer() {
    let common = String(repeating: "x", count: 100)
    let (old, new) = ApplyDiff.excerpts(common + "1", common + "2")
    #expect(old == "…xxxxxxxxxxxxxxx1")
    #expect(new == "…xxxxxxxxxxxxxxx2")
    let (short, long) = ApplyDiff.excerpts("a", common)
    #expect(short == "a")
    #expect(long == String(repeating: "x", count: 60) + "…")
  }

  @Test(arguments: [
    (0, "0.00"), (1, "0.000001"), (2_500_000, "2.50"), (-1_230_000, "-1.23"),
    (Int64.max, "9223372036854.775807"), (Int64.min, "-9223372036854.775808"),
  ])
  func writesAmounts(_ micros: Int64, _ text: String) {
    #expect(Amount.text(micros: micros) == text)
  }
}
