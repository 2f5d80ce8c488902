/// Holds lines, functions and files to a length that a reader can take in.
enum LengthRule {
  /// Characters of a line.
  static let columns = 100
  /// Lines of a file.
  static let fileLines = 600
  /// Lines of a function, from its keyword to its closing brace.
  static let functionLines = 70

  /// Every line, function and file that is too long.
  static func findings(in file: SourceFile) -> [Finding] {
    var findings: [Finding] = []
    let code = file.codeLines
    for (index, line) in file.lines.enumerated()
    where line.count > columns && !isText(line, code: code[index]) {
      findings.append(
        Finding(path: file.path, line: index + 1, message: "more than \(columns) columns"))
    }
    for function in file.functions where function.lineCount > functionLines {
      findings.append(
        Finding(
          path: file.path, line: function.firstLine,
          message: "a function of \(function.lineCount) lines; \(functionLines) are the most"))
    }
    if file.lines.count > fileLines {
      findings.append(
        Finding(
          path: file.path, line: 0,
          message: "\(file.lines.count) lines; \(fileLines) are the most"))
    }
    return findings
  }

  /// Whether a line is a string or lies inside one: what it says cannot be broken.
  private static func isText(_ line: Substring, code: ArraySlice<Character>) -> Bool {
    guard !code.contains(where: { $0.isLetter || $0.isNumber }) else { return false }
    let text = line.drop { $0 == " " }
    return !["//", "/*", "*"].contains(where: text.hasPrefix)
  }
}
