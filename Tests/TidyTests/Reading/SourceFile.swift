/// A Swift file as the rules see it.
struct SourceFile: Sendable {
  /// Its path from the root of the package, such as `Sources/HTTP1/Limits.swift`.
  let path: String
  /// Its lines as written.
  let lines: [Substring]
  /// Its code, without comments and strings.
  let code: [Character]
  /// The code by lines.
  var codeLines: [ArraySlice<Character>] {
    code.split(separator: "\n", omittingEmptySubsequences: false)
  }
  /// The words of the code.
  let words: [Word]
  /// The functions, initialisers and subscripts with a body.
  let functions: [FunctionSpan]

  /// A file of a path and a text.
  init(path: String, text: String) {
    self.path = path
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
    code = Array(CodeMask.code(of: text))
    words = Word.words(of: code)
    functions = FunctionSpan.functions(in: code, words: words)
  }

  /// The target whose folder it lies in: the second part of its path.
  var target: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }
}
