import CampaignDocuments
import Testing

@Suite struct AliasTests {
  private static func parse(_ text: String) -> (node: DocumentNode?, problems: [String]) {
    let log = ProblemLog(file: "f.yaml")
    let node = DocumentNode.parse(Array(text.utf8), log: log)
    return (node, log.problems.map { $0.description })
  }

  @Test func expandsAliasesAndMergeKeys() throws {
    let merged = """
      base: &base {a: 1, b: 2}
      other: &other {b: 3, c: 4}
      one: {<<: *base, b: 9}
      two:
        <<: [*base, *other]
        d: 5
      again: *base
      """
    let plain = """
      base: {a: 1, b: 2}
      other: {b: 3, c: 4}
      one: {b: 9, a: 1}
      two: {d: 5, a: 1, b: 2, c: 4}
      again: {a: 1, b: 2}
      """
    let node = try #require(Self.parse(merged).node)
    #expect(node.saysTheSame(as: try #require(Self.parse(plain).node)))
    #expect(Self.parse(merged).problems == [])
  }

  @Test func treatsQuotedMergeKeysAsKeys() throws {
    let node = try #require(Self.parse("a: {'<<': 1}").node)
    #expect(node.saysTheSame(as: try #require(Self.parse("a: {\"<<\": 1}").node)))
    #expect(Self.parse("a: {'<<': 1}").problems == [])
  }

  @Test func stopsBombsOfValues() {
    var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1...9 {
      let list = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
      text += "a\(level): &a\(level) [\(list)]\n"
    }
    let problems = Self.parse(text).problems
    #expect(problems.count == 1)
    #expect(problems[0].hasSuffix("more than 4000000 values, aliases expanded"))
  }

  @Test func stopsBombsOfMerges() {
    var text = "a0: &a0 {k: 1}\n"
    for level in 1...30 {
      text += "a\(level): &a\(level) {<<: [*a\(level - 1), *a\(level - 1)]}\n"
    }
    #expect(Self.parse(text).problems.count == 1)
  }

  @Test(arguments: [
    "{*a40 : 1}", "{[*a40, *a40]: 1}", "? *a40\n: 1", "? - *a40\n: 1", "{? [*a40]}",
    "{?[*a40] : 1}", "{{x: *a40} : 1}", "[*a40: 1]",
  ])
  func stopsBombsOfKeysBeforeTheyAreHashed(_ last: String) {
    var text = "- &a0 [x]\n"
    for level in 1...40 { text += "- &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    text += "-\n  " + last.replacing("\n", with: "\n  ") + "\n"
    let problems = Self.parse(text).problems
    #expect(problems.count == 1)
    #expect(problems[0].contains("a key that is an alias, a list or a map"))
  }

  @Test func allowsBracketsBeforeColonsInMarkupWithoutAliases() {
    let (node, problems) = Self.parse("a: '<style>a[b]:hover{*zoom:1} ? x:[*y]: </style>'\n")
    #expect(node != nil)
    #expect(problems == [])
  }

  @Test func pointsToWhereAnAliasIsUsed() {
    let text = Samples.small.replacing("w: 300", with: "w: &side -1")
      .replacing("h: 250", with: "h: *side")
    let set = Samples.load(text)
    #expect(
      set.errorLines == [
        "d.yaml:7: \(Samples.creative)/w: -1 is out of range; allowed is 1 to 16384",
        "d.yaml:7: \(Samples.creative)/h: -1 is out of range; allowed is 1 to 16384",
      ])
  }
}
