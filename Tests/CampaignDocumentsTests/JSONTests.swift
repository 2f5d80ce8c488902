import CampaignDocuments
import Foundation
import Support
import Testing

@Suite struct JSONTests {
  /// The sample document as JSON, written by another library.
  static func json(of node: DocumentNode) -> Any {
    switch node.content {
    case .list(let elements):
      return elements.map(json)
    case .map(let entries):
      return Dictionary(uniqueKeysWithValues: entries.map { ($0.key, json(of: $0.value)) })
    case .scalar(let text, isPlain: true):
      if let number = Int(text) { return number }
      return text == "true" || text == "false" ? (text == "true") as Any : text as Any
    case .scalar(let text, isPlain: false):
      return text
    }
  }

  static func acmeJSON(pretty: Bool) throws -> String {
    let log = ProblemLog(file: "d.yaml")
    let node = try #require(DocumentNode.parse(Array(Samples.acme.utf8), log: log))
    let options: JSONSerialization.WritingOptions = pretty ? [.prettyPrinted, .sortedKeys] : []
    let data = try JSONSerialization.data(withJSONObject: json(of: node), options: options)
    return String(decoding: data, as: UTF8.self)
  }

  @Test(arguments: [("d.json", true), ("d.json", false), ("d.yaml", true), ("body", false)])
  func readsJSONAsTheSameValues(_ name: String, _ pretty: Bool) throws {
    let yaml = Samples.load(Samples.acme)
    let json = Samples.load(try Self.acmeJSON(pretty: pretty), name: name)
    #expect(json.errorLines == [])
    #expect(json.advertisers == yaml.advertisers)
    #expect(!json.advertisers.isEmpty)
  }

  @Test func takesTabsAsBlanks() throws {
    let text = try Self.acmeJSON(pretty: true).replacing("  ", with: "\t")
    for name in ["d.json", "d.yaml"] {
      #expect(Samples.load(text, name: name).errorLines == [])
    }
  }

  @Test(arguments: [
    ("", "f.json:1: not valid JSON: expected a value, but the document ends"),
    ("{\"a\": 1,\n}", "f.json:2: not valid JSON: expected a key in double quotes, found `}`"),
    ("{\"a\": 1\n\"b\": 2}", "f.json:2: not valid JSON: expected `,` or `}`, found `\"b\": 2}`"),
    ("{\"a\" 1}", "f.json:1: not valid JSON: expected `:`, found `1}`"),
    ("{a: 1}", "f.json:1: not valid JSON: expected a key in double quotes, found `a: 1}`"),
    ("[1,\n2,\n]", "f.json:3: not valid JSON: expected a value, found `]`"),
    ("[01]", "f.json:1: not valid JSON: `01` is not a value"),
    ("[1.]", "f.json:1: not valid JSON: `1.` is not a value"),
    ("[True]", "f.json:1: not valid JSON: `True` is not a value"),
    ("[1] x", "f.json:1: not valid JSON: expected the end of the document, found `x`"),
    (
      "[\"a\nb\"]",
      "f.json:1: not valid JSON: a control character in a string; write it as an escape"
    ),
    ("[\"\\x\"]", "f.json:1: not valid JSON: an unknown escape in a string"),
    ("[\"\\ud800\"]", "f.json:1: not valid JSON: half of a surrogate pair in a string"),
    ("[\"\\udc00\"]", "f.json:1: not valid JSON: half of a surrogate pair in a string"),
    (
      "[\"\\u12g4\"]",
      "f.json:1: not valid JSON: an escape without four hexadecimal digits"
    ),
    ("[\"abc", "f.json:1: not valid JSON: a string without its closing quote"),
    ("{\"a\": {\"b\": 1,\n\"b\": 2}}", "f.json:2: /a/b: repeated key `b`, first on line 1"),
    ("# no\n[]", "f.json:1: not valid JSON: expected a value, found `# no`"),
  ])
  func refusesJSON(_ text: String, _ problem: String) {
    let log = ProblemLog(file: "f.json")
    _ = DocumentNode.parse(Array(text.utf8), log: log)
    #expect(log.problems.map { $0.description } == [problem])
  }

  @Test func decodesEscapes() throws {
    let text = #"["\"\\\/\b\f\n\r\tA\u00e9\ud83d\ude00é", "plain"]"#
    let log = ProblemLog(file: "f.json")
    let node = try #require(DocumentNode.parse(Array(text.utf8), log: log))
    guard case .list(let elements) = node.content else {
      Issue.record("not a list")
      return
    }
    #expect(
      elements[0].content
        == .scalar(text: "\"\\/\u{8}\u{C}\n\r\tAé😀é", isPlain: false))
    #expect(elements[1].content == .scalar(text: "plain", isPlain: false))
  }

  @Test func agreesWithFoundationOnNumbers() {
    let tokens = ["-", "0", "1", "9", ".", "e", "E", "+"]
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<1_500 {
      let text = (0..<Int.random(in: 1...6, using: &generator))
        .map { _ in tokens.randomElement(using: &generator) ?? "" }.joined()
      guard Double(text)?.isFinite ?? true else { continue }
      let log = ProblemLog(file: "f.json")
      let mine = DocumentNode.parse(Array("[\(text)]".utf8), log: log) != nil
      let theirs =
        (try? JSONSerialization.jsonObject(with: Data("[\(text)]".utf8))) != nil
      #expect(mine == theirs, "\(text)")
    }
  }
}
