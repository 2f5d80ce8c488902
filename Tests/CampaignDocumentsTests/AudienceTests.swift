import CampaignDocuments
import Testing

@Suite struct AudienceTests {
  private static let pointer = "d.yaml:19: \(Samples.lineItem)/targeting/audience"

  private static func audience(_ text: String) throws -> AudienceExpression? {
    let set = Samples.load(
      Samples.small + "\n            targeting:\n              audience: " + text,
      known: KnownReferences())
    #expect(set.errorLines == [])
    return try #require(set.advertisers.first?.campaigns.first?.lineItems.first).targeting.audience
  }

  @Test(
    arguments: [
      ("{any: [s1]}", .any([.segment("s1")])),
      ("{all: [s1, s2]}", .all([.segment("s1"), .segment("s2")])),
      ("{none: [s1]}", .none([.segment("s1")])),
      (
        "{none: [s3], all: [s2], any: [s1]}",
        .all([.any([.segment("s1")]), .all([.segment("s2")]), .none([.segment("s3")])])
      ),
      (
        "{any: [s1, {all: [s2, {none: [s3]}]}]}",
        .any([.segment("s1"), .all([.segment("s2"), .none([.segment("s3")])])])
      ),
      (
        "{any: [{any: [s1], none: [s2]}]}",
        .any([.all([.any([.segment("s1")]), .none([.segment("s2")])])])
      ),
      ("{any: [24, 'aam:24']}", .any([.segment("24"), .segment("aam:24")])),
      ("{any: []}", nil), ("{}", nil),
    ] as [(String, AudienceExpression?)])
  func reads(_ text: String, _ expression: AudienceExpression?) throws {
    #expect(try Self.audience(text) == expression)
  }

  @Test(arguments: [
    ("{any: s1}", "/any: expected a list, found `s1`"),
    ("[s1]", ": expected a map, found a list"),
    ("{some: [s1]}", "/some: unknown key `some`; did you mean `none`?"),
    ("{any: [{}]}", "/any/0: names no segment"),
    ("{any: [aam:1, {all: []}]}", "/any/1: names no segment"),
    ("{any: ['']}", "/any/0: empty"),
    ("{any: ['aam:1,aam:2']}", "/any/0: `aam:1,aam:2` is not a segment: it has a comma or a blank"),
    ("{any: [zzz:1]}", "/any/0: unknown segment `zzz:1`: no source has its prefix"),
    ("{none: [own:1]}", "/none/0: unknown segment `own:1`: no source has its prefix"),
    ("{any: [[s1]]}", "/any/0: expected a string, found a list"),
  ])
  func refuses(_ text: String, _ problem: String) {
    let set = Samples.loadTargeting("audience: \(text)")
    #expect(set.errorLines == ["\(Self.pointer)\(problem)"])
  }

  @Test func knowsTheSegmentsOfItsOwnSource() {
    let text = Samples.acme.replacing("aam:99", with: "own:7")
    #expect(Samples.load(text).errorLines == [])
  }

  @Test func limitsDepth() {
    func nested(_ depth: Int) -> String {
      String(repeating: "{any: [", count: depth) + "aam:1" + String(repeating: "]}", count: depth)
    }
    #expect(Samples.loadTargeting("audience: \(nested(8))").errorLines == [])
    let deep = Samples.loadTargeting("audience: \(nested(9))").errorLines
    #expect(
      deep
        == ["\(Self.pointer)\(String(repeating: "/any/0", count: 8)): more than 8 nested maps"])
  }

  @Test func limitsSegments() {
    func list(_ count: Int) -> String {
      "[" + (0..<count).map { "aam:\($0)" }.joined(separator: ", ") + "]"
    }
    #expect(Samples.loadTargeting("audience: {any: \(list(1_000))}").errorLines == [])
    #expect(
      Samples.loadTargeting("audience: {any: \(list(1_000)), none: [aam:1]}").errorLines
        == ["\(Self.pointer): more than 1000 segments in one expression"])
    #expect(Samples.loadTargeting("audience: {any: \(list(1_001))}").errorLines.count == 1)
  }
}
