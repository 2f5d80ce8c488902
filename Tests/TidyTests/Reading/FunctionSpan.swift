/// The lines of a function, initialiser, deinitialiser or subscript with a body.
struct FunctionSpan: Equatable, Sendable {
  private static let keywords: Set = ["func", "init", "deinit", "subscript"]

  /// The line of the keyword, from 1.
  let firstLine: Int
  /// The line of the closing brace.
  let lastLine: Int

  /// How many lines it takes.
  var lineCount: Int { lastLine - firstLine + 1 }

  /// All of them in a code, a nested one after the one it is in.
  /// - Complexity: O(n d) in the characters and the depth of nesting.
  static func functions(in code: [Character], words: [Word]) -> [FunctionSpan] {
    words.compactMap { word in
      // `.init` is a call, and so is `init` in backticks.
      guard keywords.contains(word.text), word.before != ".", word.before != "`",
        let open = bodyStart(in: code, from: word.end),
        let close = matchingBrace(in: code, from: open)
      else { return nil }
      let lines = code[word.end...close].count { $0 == "\n" }
      return FunctionSpan(firstLine: word.line, lastLine: word.line + lines)
    }
  }

  /// The brace that opens the body, or nil for a requirement of a protocol.
  private static func bodyStart(in code: [Character], from start: Int) -> Int? {
    var depth = 0
    var lineBegins = false
    for index in start..<code.count {
      switch code[index] {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "{" where depth == 0: return index
      case "}" where depth == 0: return nil
      case "\n": lineBegins = true
      case let character where lineBegins && depth == 0 && !character.isWhitespace:
        lineBegins = false
        guard continuesSignature(code[index...]) else { return nil }
      default: break
      }
    }
    return nil
  }

  /// Whether a line goes on with a signature and begins no other declaration.
  private static func continuesSignature(_ rest: ArraySlice<Character>) -> Bool {
    if rest.first == ")" || rest.first == "-" || rest.first == "," { return true }
    let word = String(rest.prefix { $0.isLetter })
    return ["throws", "async", "where", "rethrows"].contains(word)
      || word.first?.isUppercase == true
  }

  private static func matchingBrace(in code: [Character], from open: Int) -> Int? {
    var depth = 0
    for index in open..<code.count {
      if code[index] == "{" { depth += 1 }
      if code[index] == "}" { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }
}
