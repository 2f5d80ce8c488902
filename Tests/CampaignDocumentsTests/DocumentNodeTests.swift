import CampaignDocuments
import Testing

@Suite struct DocumentNodeTests {
  private static func node(_ text: String) throws -> DocumentNode {
    try #require(DocumentNode.parse(Array(text.utf8), log: ProblemLog(file: "f.yaml")))
  }

  @Test(arguments: [
    (["a"], "a: 5\nb: {c: 2}\n"), (["b", "c"], "a: 1\nb: {c: 5}\n"),
    (["b", "d"], "a: 1\nb: {c: 2, d: 5}\n"), (["x", "y"], "a: 1\nb: {c: 2}\nx: {y: 5}\n"),
    (["a", "z"], "a: {z: 5}\nb: {c: 2}\n"),
  ])
  func setsScalarsAtPaths(_ path: [String], _ expected: String) throws {
    let changed = try Self.node("a: 1\nb: {c: 2}\n").setting("5", at: path)
    #expect(changed.saysTheSame(as: try Self.node(expected)))
  }

  @Test func keepsTheLineOfEveryNode() throws {
    let root = try Self.node("a:\n  - b\n  -\n    c: |\n      d\n    e:\n\nf: {g: h,\n  i: j}\n")
    var lines: [String] = []
    func walk(_ node: DocumentNode) {
      switch node.content {
      case .scalar(let text, _): lines.append("\(text.filter { $0 != "\n" })@\(node.line)")
      case .list(let elements): elements.forEach(walk)
      case .map(let entries):
        for entry in entries {
          lines.append("\(entry.key):@\(entry.keyLine)")
          walk(entry.value)
        }
      }
    }
    walk(root)
    #expect(
      lines == [
        "a:@1", "b@2", "c:@4", "d@4", "e:@6", "@6", "f:@8", "g:@8", "h@8", "i:@9", "j@9",
      ])
  }
}
