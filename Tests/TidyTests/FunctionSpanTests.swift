import Testing

/// Where functions begin and end.
@Suite struct FunctionSpanTests {
  @Test(arguments: [
    ("func a() {}", [1...1]),
    ("func a() -> Int {\n  1\n}", [1...3]),
    ("func a(\n  b: Int = { 1 }()\n) async throws(E) -> [Int]\nwhere T: U {\n}", [1...5]),
    ("init?(a: Int) {\n}\ndeinit {\n}\nsubscript(a: Int) -> Int {\n  a\n}", [1...2, 3...4, 5...7]),
    ("func a() {\n  func b() {\n  }\n}", [1...4, 2...3]),
    ("protocol P {\n  func a() -> Int\n  init()\n  var b: Int { get }\n}", []),
    ("protocol P {\n  func a()\n}\nfunc b() {\n}", [4...5]),
    ("let a = B.init { 1 }\nlet c = self.init", []),
    ("// func a() {\n\"func b() { \"", []),
    ("func a() {\n", []),
  ])
  func findsFunctionsWithABody(text: String, lines: [ClosedRange<Int>]) {
    let found = SourceFile(path: "Sources/A/A.swift", text: text).functions
    #expect(found == lines.map { FunctionSpan(firstLine: $0.lowerBound, lastLine: $0.upperBound) })
  }
}
