import CampaignDocuments
import Support
import Testing

@Suite struct FuzzTests {
  private static let fragments = [
    "{", "}", "[", "]", ":", ",", "\n", "  ", "\t", "- ", "&a ", "*a", "<<: ", "!!str ", "|\n", "'",
    "\"", "#", "%", "\u{0}", "null", "-1", "1e999", "99999999999999999999", "true", "é", "\u{F700}",
    "---\n", "? ", "\\u", "//", "http://", "${",
  ]

  private static func mutated(
    _ bytes: [UInt8], using generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let start = Int.random(in: 0..<bytes.count, using: &generator)
      let end = min(bytes.count, start + Int.random(in: 0...40, using: &generator))
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[start] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.removeSubrange(start..<end)
      case 2: bytes.insert(contentsOf: Array(bytes[start..<end]), at: start)
      case 3:
        let other = Int.random(in: 0..<bytes.count, using: &generator)
        bytes.insert(contentsOf: Array(bytes[start..<end]), at: other)
      default:
        let fragment = fragments.randomElement(using: &generator) ?? ""
        bytes.insert(contentsOf: Array(fragment.utf8), at: start)
      }
      if bytes.isEmpty { bytes = [0x20] }
    }
    return bytes
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func answersMutatedDocumentsWithValuesOrProblems(_ seed: UInt64) throws {
    let json = try JSONTests.acmeJSON(pretty: true)
    var generator = SeededGenerator(seed: seed)
    var accepted = 0
    for round in 0..<300 {
      let isJSON = round % 3 == 0
      let bytes = Self.mutated(Array((isJSON ? json : Samples.acme).utf8), using: &generator)
      let set = DocumentSet.load(
        files: [DocumentSet.File(name: isJSON ? "m.json" : "m.yaml", bytes: bytes)],
        known: Samples.known)
      let lineCount = bytes.count { $0 == 0x0A } + 1
      #expect(set.isRejected == set.advertisers.isEmpty || Self.isEmptyList(set), "seed \(seed)")
      #expect(set.problems.allSatisfy { $0.line >= 0 && $0.line <= lineCount + 1 })
      #expect(set.problems.allSatisfy { !$0.description.contains("\n") })
      if !set.isRejected { accepted += 1 }
    }
    #expect(accepted > 0 && accepted < 300)
  }

  @Test(arguments: [5, 6] as [UInt64])
  func answersRandomTokensWithANodeOrAProblem(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let words = fragmentsAndWords
    for round in 0..<Self.tokenRounds {
      let count = Int.random(in: 1...24, using: &generator)
      let text = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined()
      let log = ProblemLog(file: round % 2 == 0 ? "t.yaml" : "t.json")
      let node = DocumentNode.parse(Array(text.utf8), log: log)
      #expect(node != nil || log.hasErrors, "seed \(seed): \(text.debugDescription)")
    }
  }

  private static let tokenRounds = 2_000
  private var fragmentsAndWords: [String] {
    Self.fragments + ["a", "b", ": ", "\n- ", "\n  ", "\n", "...", "%YAML 1.1\n", ">", "@", "\r\n"]
  }

  private static func isEmptyList(_ set: DocumentSet) -> Bool {
    !set.isRejected && set.advertisers.isEmpty
  }
}
