import Testing

/// The rules report what breaks them, on small sources that do.
@Suite struct RuleTests {
  private static func file(_ path: String, _ text: String) -> SourceFile {
    SourceFile(path: path, text: text)
  }

  private static func lines(_ findings: [Finding]) -> [Int] { findings.map(\.line) }

  // Length

  @Test(arguments: [(100, []), (101, [2])])
  func reportsLongLines(columns: Int, lines: [Int]) {
    let text = "\n" + String(repeating: "é", count: columns) + "\n"
    let found = LengthRule.findings(in: Self.file("Sources/A/A.swift", text))
    #expect(Self.lines(found) == lines)
  }

  @Test(arguments: [
    ("  // \(long)", [1]), ("  /// \(long)", [1]), ("f(\"\(long)\")", [1]), ("  \"\(long)\",", []),
    ("\"\"\"\n\(long)\n\"\"\"", []), ("  \"\" + \(long)", [1]),
  ])
  func textThatCannotBeBrokenMayBeLong(text: String, lines: [Int]) {
    let found = LengthRule.findings(in: Self.file("Sources/A/A.swift", text))
    #expect(Self.lines(found) == lines)
  }

  private static let long = String(repeating: "a", count: 101)

  @Test(arguments: [(70, []), (71, [3])])
  func reportsLongFunctions(count: Int, lines: [Int]) {
    let body = String(repeating: "  f()\n", count: count - 2)
    let found = LengthRule.findings(
      in: Self.file("Sources/A/A.swift", "struct A {\n\nfunc a() {\n\(body)}\n}\n"))
    #expect(Self.lines(found) == lines)
  }

  @Test(arguments: [(600, []), (601, [0])])
  func reportsLongFiles(count: Int, lines: [Int]) {
    let found = LengthRule.findings(
      in: Self.file("Tests/A/A.swift", String(repeating: "a\n", count: count)))
    #expect(Self.lines(found) == lines)
  }

  // Unsafe code

  @Test(arguments: [
    "unsafe f()", "var a: UnsafeRawBufferPointer", "a.withUnsafeBytes { $0 }",
    "extension A: @unchecked Sendable {}", "nonisolated(unsafe) var a = 1", "@safe struct A {}",
    "f(unsafe g())",
  ])
  func reportsUnsafeCodeOutsideTheMarkedTargets(code: String) {
    let found = UnsafeRule.findings(in: Self.file("Sources/HTTP1/A.swift", "\n" + code))
    #expect(Self.lines(found) == [2])
    #expect(!UnsafeRule.findings(in: Self.file("Tests/HTTP1Tests/A.swift", code)).isEmpty)
    #expect(!UnsafeRule.findings(in: Self.file("Sources/LinuxIOMore/A.swift", code)).isEmpty)
  }

  @Test(arguments: [
    "// unsafe", "\"unsafe\"", "let isSafe = safe", "let unsafety = Unsafety()", "f(a.unchecked)",
  ])
  func passesCodeThatOnlySpeaksOfIt(code: String) {
    #expect(UnsafeRule.findings(in: Self.file("Sources/HTTP1/A.swift", code)).isEmpty)
  }

  @Test(arguments: [
    ("unsafe f()", [1]),
    ("// Safety: it is.\nunsafe f()", []),
    ("func a() {\n  // Safety: it is.\n  unsafe f()\n}", []),
    ("// Safety: it is.\nfunc a() {\n  unsafe f()\n}", []),
    (
      "func a() {\n  // Safety: it is.\n  unsafe f()\n}\n\n\n\n\n\n\n\n\n"
        + "func b() {\n  unsafe f()\n}",
      [13]
    ),
    ("func a() {\n  f()\n}", []),
  ])
  func asksForAReasonInTheMarkedTargets(code: String, lines: [Int]) {
    let found = UnsafeRule.findings(in: Self.file("Sources/FixedMemory/A.swift", code))
    #expect(Self.lines(found) == lines)
  }

  // Imports

  @Test(arguments: [
    ("HTTP1", "import LinuxIO\nimport BidServer", [2]),
    ("HTTP1", "import OpenRTB", [1]),
    ("BidEngine", "import LinuxIO", [1]),
    ("BidEngine", "import struct HTTP1.Head", [1]),
    ("BidEngine", "@preconcurrency import Telemetry", [1]),
    ("BidEngine", "import OpenRTB\nimport AudienceIndex\nimport CampaignCatalog", []),
    ("CampaignCatalog", "import AudienceIndex", [1]),
    ("AudienceIndex", "import CampaignCatalog", [1]),
    ("ControlPlane", "import BidServer", [1]),
    ("ControlPlane", "import Hummingbird\nimport Telemetry\nimport Foundation", []),
    ("BidServer", "import Hummingbird", [1]),
    ("OpenRTB", "package import Yams", [1]),
    ("CampaignDocuments", "import Yams", []),
    ("FixedMemory", "import FixedMemory", [1]),
    ("Elsewhere", "import HTTP1", [1]),
    ("HTTP1", "// import BidServer\nlet a = \"import BidServer\"", []),
  ])
  func reportsImportsAgainstTheLayers(target: String, code: String, lines: [Int]) {
    let found = ImportRule.findings(in: Self.file("Sources/\(target)/A.swift", code))
    #expect(Self.lines(found) == lines)
  }

  @Test func testsMayImportAnything() {
    let test = Self.file("Tests/HTTP1Tests/A.swift", "@testable import BidServer")
    #expect(ImportRule.findings(in: test).isEmpty)
  }

  @Test func readsTheTargetsOfAManifest() {
    let manifest = """
      func library(_ name: String) -> Target {
        .target(name: name, dependencies: [])
      }
      let layers: [Target] = [
        .target(name: "CLinux"),
        .systemLibrary(
          name: "CDeflate", pkgConfig: "libdeflate"),
        markedLibrary("FixedMemory"),
        library(
          "AudienceIngest",
          ["FixedMemory"]),
        .executableTarget(
          name: "nod",
          dependencies: []),
      ]
      let testTargets: [Target] = [
        .target(name: "Support"),
      ]
      """
    let targets = PackageOrder.targets(of: manifest)
    #expect(targets == ["CLinux", "CDeflate", "FixedMemory", "AudienceIngest", "nod"])
  }

  // Wording

  @Test(arguments: WordingRule.marks + [WordingRule.commentMark])
  func reportsMarksOfUnfinishedWork(mark: String) {
    let found = WordingRule.findings(path: "docs/A.md", text: "a\n// \(mark): b\n\(mark)S _\(mark)")
    #expect(Self.lines(found) == [2])
  }

  @Test func aCodeOfThreeLettersIsNoMarkInCode() {
    let text = "let a = \"\(WordingRule.commentMark)\" // a country"
    #expect(WordingRule.findings(path: "Sources/A/A.swift", text: text).isEmpty)
  }

  @Test(arguments: [
    ("Sources/A/StringUtils.swift", 1), ("Sources/A/Helpers.swift", 1),
    ("Tests/A/CommonThings.swift", 1), ("Sources/A/SessionManager.swift", 1),
    ("Sources/A/Limits.swift", 0), ("Sources/Common/Limits.swift", 0),
  ])
  func reportsNamesThatSayNothing(path: String, count: Int) {
    #expect(WordingRule.findings(path: path).count == count)
  }

  @Test func findingsReadAsCompilersWriteThem() {
    let finding = Finding(path: "Sources/A/A.swift", line: 3, message: "too long")
    #expect("\(finding)" == "Sources/A/A.swift:3: too long")
  }
}
