/// Keeps out notes of unfinished work and file names that say nothing.
enum WordingRule {
  /// Marks of unfinished work, put together here so that this file has none.
  static let marks = ["TO" + "DO", "FIX" + "ME"]
  /// A mark in comments alone: as a country or a currency it is a value.
  static let commentMark = "X" + "XX"
  /// Parts of names under which anything would fit.
  static let emptyNames = ["Util", "Helper", "Common", "Manager"]

  /// The marks in a text, as words of their own.
  static func findings(path: String, text: String) -> [Finding] {
    guard (marks + [commentMark]).contains(where: text.contains) else { return [] }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return Word.words(of: Array(text)).filter { word in
      marks.contains(word.text)
        || word.text == commentMark && isComment(lines[word.line - 1], before: commentMark)
    }.map {
      Finding(path: path, line: $0.line, message: "`\($0.text)`: finish it or leave it out")
    }
  }

  private static func isComment(_ line: Substring, before mark: String) -> Bool {
    guard let start = line.firstRange(of: mark)?.lowerBound else { return false }
    return line[..<start].contains("//") || line[..<start].contains("/*")
  }

  /// Whether a file is named after nothing.
  static func findings(path: String) -> [Finding] {
    let name = path.split(separator: "/").last ?? ""
    return emptyNames.filter { name.contains($0) }.map {
      Finding(path: path, line: 0, message: "`\($0)` says nothing; name what it is about")
    }
  }
}
