import Testing

/// The rules of docs/STYLE.md that a test can hold, over every file of the package.
@Suite struct TidyTests {
  @Test func findsThePackage() throws {
    let paths = PackageTree.paths(below: ["Sources", "Tests"])
    #expect(paths.contains("Tests/TidyTests/TidyTests.swift"))
    #expect(paths.contains("Sources/AuctionTypes/AuctionTypes.swift") || paths.count > 50)
  }

  @Test func linesFunctionsAndFilesAreShort() throws {
    try expectNone { LengthRule.findings(in: $0) }
  }

  @Test func unsafeCodeIsMarkedAndReasoned() throws {
    try expectNone { UnsafeRule.findings(in: $0) }
  }

  @Test func importsPointDownTheLayers() throws {
    try expectNone { ImportRule.findings(in: $0) }
  }

  @Test func nothingIsLeftUnfinished() throws {
    let texts = [".swift", ".c", ".h", ".md", ".yaml", ".modulemap"]
    for path in PackageTree.paths(below: ["Sources", "Tests", "Benchmarks", "docs", "loadtest"])
    where texts.contains(where: path.hasSuffix) {
      let found = WordingRule.findings(path: path, text: try PackageTree.text(of: path))
      #expect(found.isEmpty, "\(found.map(\.description).joined(separator: "\n"))")
    }
  }

  @Test func fileNamesSayWhatIsInThem() throws {
    let found = PackageTree.paths(below: ["Sources", "Tests", "Benchmarks", "loadtest"])
      .flatMap { WordingRule.findings(path: $0) }
    #expect(found.isEmpty, "\(found.map(\.description).joined(separator: "\n"))")
  }

  @Test func everySourceFolderHasALayer() throws {
    let folders = Set(PackageTree.paths(below: ["Sources"]).map { $0.split(separator: "/")[1] })
    let known = Set(ImportRule.layers.joined().map { $0[...] })
    #expect(folders.subtracting(known).isEmpty)
  }

  @Test func packageDeclaresTheTargetsInTheOrderOfTheLayers() throws {
    let declared = try PackageOrder.targets(of: PackageTree.text(of: "Package.swift"))
    let layered = ImportRule.layers.joined().filter(Set(declared).contains)
    #expect(declared == Array(layered))
  }

  private func expectNone(_ rule: (SourceFile) -> [Finding]) throws {
    let found = try PackageTree.swiftFiles().flatMap(rule)
    #expect(found.isEmpty, "\(found.map(\.description).joined(separator: "\n"))")
  }
}
