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
    for (index, line) in file.lines.enumerated() where line.count > columns {
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
}
