/// Keeps unsafe code in the marked targets, and asks there for the reason why it is sound.
enum UnsafeRule {
  /// Folders that may hold unsafe code.
  static let marked = [
    "Sources/FixedMemory/", "Sources/LinuxIO/", "Sources/Cryptography/", "Sources/Compression/",
    "Sources/ConsoleFiles/",
    "Tests/Support/",
  ]
  private static let attributes: Set = ["safe", "unchecked"]
  /// A reason above a declaration counts for it when at most this many lines lie between.
  private static let reasonDistance = 8

  /// Unsafe words outside the marked targets; inside, files and functions without a reason.
  static func findings(in file: SourceFile) -> [Finding] {
    let words = file.words.filter(isUnsafe)
    guard let first = words.first else { return [] }
    guard marked.contains(where: file.path.hasPrefix) else {
      return words.map { word in
        Finding(
          path: file.path, line: word.line,
          message: "`\(word.text)` is for \(marked.joined(separator: ", ")) alone")
      }
    }
    let reasons = file.lines.indices.filter { file.lines[$0].contains("// Safety:") }.map { $0 + 1 }
    if reasons.isEmpty {
      return [finding(file, line: first.line)]
    }
    return unreasoned(file, words: words, reasons: reasons).map {
      finding(file, line: $0.firstLine)
    }
  }

  private static func isUnsafe(_ word: Word) -> Bool {
    word.text == "unsafe" || word.text.hasPrefix("withUnsafe")
      || word.text.hasPrefix("Unsafe") && word.text.hasSuffix("Pointer")
      || word.before == "@" && attributes.contains(word.text)
  }

  /// Functions with an unsafe word and no reason inside or shortly above.
  private static func unreasoned(
    _ file: SourceFile, words: [Word], reasons: [Int]
  ) -> [FunctionSpan] {
    file.functions.filter { function in
      let lines = function.firstLine...function.lastLine
      let reach = (function.firstLine - reasonDistance)...function.lastLine
      return words.contains { lines.contains($0.line) } && !reasons.contains(where: reach.contains)
    }
  }

  private static func finding(_ file: SourceFile, line: Int) -> Finding {
    Finding(
      path: file.path, line: line,
      message: "unsafe code without a `// Safety:` line that says why it is sound")
  }
}
