import CampaignDocuments
import Testing

@Suite struct SyntaxTests {
  private static func lines(_ bytes: [UInt8], name: String = "f.yaml") -> [String] {
    let log = ProblemLog(file: name)
    let node = DocumentNode.parse(bytes, log: log)
    #expect(node == nil || log.problems.allSatisfy { !$0.pointer.isEmpty })
    return log.problems.map { $0.description }
  }

  private static func lines(_ text: String, name: String = "f.yaml") -> [String] {
    lines(Array(text.utf8), name: name)
  }

  @Test(arguments: [
    ("", "f.yaml:1: the document is empty"),
    ("# nothing\n", "f.yaml:1: the document is empty"),
    ("a: 1\nb:\n\t- 2\n", "f.yaml:3: not valid YAML: a tab; indent with spaces"),
    ("a: 1\n---\nb: 2\n", "f.yaml:2: a second document in the file"),
    ("a: 1\nb: *x\n", "f.yaml:2: not valid YAML: found undefined alias"),
    ("a: 1\nb: \u{7}\n", "f.yaml:2: a control character (7) in the document"),
    ("a: 1\nb: \u{0}\n", "f.yaml:2: a control character (0) in the document"),
    ("a: 1\nb: \u{80}\n", "f.yaml:2: not valid YAML: control characters are not allowed"),
    ("a:\n  b: !secret x\n", "f.yaml:2: /a/b: the tag `!secret` is not supported"),
    ("a: !!int 5\n", "f.yaml:1: /a: the tag `tag:yaml.org,2002:int` is not supported"),
    ("? [a]\n: b\n", "f.yaml:1: a key that is a list or a map"),
    ("a:\n  <<: 5\n", "f.yaml:2: /a/<<: a merge key takes a map or a list of maps"),
  ])
  func refusesYAML(_ text: String, _ problem: String) {
    let log = ProblemLog(file: "f.yaml")
    _ = DocumentNode.parse(Array(text.utf8), log: log)
    #expect(log.problems.map { $0.description } == [problem])
  }

  @Test func namesTheLineOfBrokenFlowCollections() throws {
    let problem = try #require(Self.lines("a: 1\nb: [1, 2\nc: 3\n").first)
    #expect(problem.hasPrefix("f.yaml:3: not valid YAML: "))
  }

  @Test func reportsEveryRepeatedKeyWithItsPointer() {
    let text = """
      a: 1
      b: {x: 1, "x": 2}
      'a': 2
      c:
        - y: 1
          z: 2
          y: 3
          y: 4
      """
    #expect(
      Self.lines(text).sorted() == [
        "f.yaml:2: /b/x: repeated key `x`, first on line 2",
        "f.yaml:3: /a: repeated key `a`, first on line 1",
        "f.yaml:7: /c/0/y: repeated key `y`, first on line 5",
        "f.yaml:8: /c/0/y: repeated key `y`, first on line 5",
      ])
  }

  @Test func givesUpOnRepeatedKeysPastTheLimit() throws {
    let keys = (0...DocumentLimits.repeatedKeys).map { "k\($0): 1\nk\($0): 2\n" }.joined()
    #expect(Self.lines(keys).count == 1)
    let fewer = (0..<DocumentLimits.repeatedKeys).map { "k\($0): 1\nk\($0): 2\n" }.joined()
    #expect(Self.lines(fewer).count == DocumentLimits.repeatedKeys)
  }

  @Test func keepsPrivateUseCharactersOfKeys() throws {
    let log = ProblemLog(file: "f.yaml")
    let node = try #require(DocumentNode.parse(Array("\u{F700}a: 1\nb: 2\n".utf8), log: log))
    guard case .map(let entries) = node.content else {
      Issue.record("not a map")
      return
    }
    #expect(entries.map { $0.key } == ["\u{F700}a", "b"])
    #expect(Self.lines("\u{F700}a: 1\nb: 2\nb: 3\n") == ["f.yaml:2: repeated key `b`"])
  }

  @Test func refusesWhatIsNotUTF8() {
    #expect(
      Self.lines([0x61, 0x3A, 0x20, 0x31, 0x0A, 0x62, 0x3A, 0x20, 0xC3, 0x28])
        == ["f.yaml:2: the file is not UTF-8 from this line on"])
    #expect(
      Self.lines([0xFF, 0xFE, 0x61, 0]) == ["f.yaml:1: the file is UTF-16; save it as UTF-8"])
    #expect(Self.lines([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8)) == [])
  }

  @Test func limitsDepth() {
    for name in ["f.yaml", "f.json"] {
      let most = DocumentLimits.depth - 1
      let fits = String(repeating: "[", count: most) + "1" + String(repeating: "]", count: most)
      #expect(Self.lines(fits, name: name) == [])
      let deep = "[" + fits + "]"
      #expect(Self.lines(deep, name: name).count == 1)
      #expect(Self.lines(deep, name: name)[0].contains("more than 48 levels of lists and maps"))
    }
  }

  @Test(arguments: ["[", "{", "{a: ", "[{", "- ", "? ", "a: [", "\"", "{\"a\":"])
  func survivesEndlessNesting(_ token: String) {
    let text = String(repeating: token, count: 100_000)
    #expect(Self.lines(text).count == 1)
    #expect(Self.lines(text, name: "f.json").count == 1)
  }

  @Test func limitsTheSizeOfFiles() {
    let comment = [UInt8](repeating: UInt8(ascii: "#"), count: DocumentLimits.fileBytes - 5)
    #expect(Self.lines(Array("a: 1\n".utf8) + comment) == [])
    #expect(
      Self.lines(Array("a: 1\n".utf8) + comment + [35])
        == ["f.yaml: the file is larger than 33554432 bytes"])
  }

  @Test func limitsProblems() {
    let keys = (0..<DocumentLimits.problems).map { "k\($0): 1\n" }.joined()
    #expect(Samples.load("advertisers: []\n" + keys).errorLines.count == DocumentLimits.problems)
    let more = Samples.load("advertisers: []\n" + keys + "more: 1\nmost: 1\n").errorLines
    #expect(more.count == DocumentLimits.problems + 1)
    #expect(more.contains("d.yaml: more problems than the 1000 shown"))
  }

  @Test func keepsProblemsOnOneLine() {
    let set = Samples.load("advertisers: []\n\"a\\nb\\u2028c\": 1\n")
    #expect(set.errorLines == ["d.yaml:2: /a?b?c: unknown key `a?b?c`"])
  }

  @Test func escapesPointers() {
    let set = Samples.load("advertisers: []\na/b~c: 1\n")
    #expect(set.errorLines == ["d.yaml:2: /a~1b~0c: unknown key `a/b~c`"])
  }
}
