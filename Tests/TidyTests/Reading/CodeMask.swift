/// Swift source with the insides of comments and string literals blanked out, so that a rule
/// finds code and nothing else.
///
/// The result has the same lines and columns as the source. What a string interpolates counts as
/// part of the string.
struct CodeMask {
  private static let quote = UInt8(ascii: "\"")
  private static let hash = UInt8(ascii: "#")
  private static let backslash = UInt8(ascii: "\\")
  private static let newline = UInt8(ascii: "\n")

  private let source: [UInt8]
  private var code: [UInt8]
  private var index = 0

  /// The code of a source text.
  /// - Complexity: O(n) in the bytes.
  static func code(of text: String) -> String {
    var mask = CodeMask(text)
    mask.run()
    return String(decoding: mask.code, as: UTF8.self)
  }

  private init(_ text: String) {
    source = Array(text.utf8)
    code = source
  }

  private mutating func run() {
    while index < source.count {
      if starts(with: "//") {
        blank { $0 == Self.newline }
      } else if starts(with: "/*") {
        blankBlockComment()
      } else if let hashes = hashesOfString() {
        blankString(hashes: hashes)
      } else {
        index += 1
      }
    }
  }

  private func starts(with text: String) -> Bool {
    source[index...].starts(with: text.utf8)
  }

  /// The number of `#` before a string literal that begins here, or nil.
  private func hashesOfString() -> Int? {
    let hashes = source[index...].prefix { $0 == Self.hash }.count
    let next = index + hashes
    return next < source.count && source[next] == Self.quote ? hashes : nil
  }

  private mutating func erase(_ count: Int) {
    let end = min(index + count, source.count)
    while index < end {
      if code[index] != Self.newline { code[index] = UInt8(ascii: " ") }
      index += 1
    }
  }

  private mutating func blank(until isEnd: (UInt8) -> Bool) {
    while index < source.count, !isEnd(source[index]) { erase(1) }
  }

  private mutating func blankBlockComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") {
        depth += 1
        erase(2)
      } else if starts(with: "*/") {
        depth -= 1
        erase(2)
      } else {
        erase(1)
      }
    } while depth > 0 && index < source.count
  }

  private mutating func blankString(hashes: Int) {
    erase(hashes)
    let isMultiline = starts(with: "\"\"\"")
    let quotes = isMultiline ? 3 : 1
    erase(quotes)
    while index < source.count {
      if isEscape(hashes: hashes) {
        blankEscape(hashes: hashes)
      } else if isClosing(quotes: quotes, hashes: hashes) {
        return erase(quotes + hashes)
      } else if source[index] == Self.newline, !isMultiline {
        return
      } else {
        erase(1)
      }
    }
  }

  private func isEscape(hashes: Int) -> Bool {
    source[index] == Self.backslash
      && source[(index + 1)...].prefix(hashes).filter { $0 == Self.hash }.count == hashes
  }

  private func isClosing(quotes: Int, hashes: Int) -> Bool {
    let end = index + quotes + hashes
    guard end <= source.count else { return false }
    return source[index..<(index + quotes)].allSatisfy { $0 == Self.quote }
      && source[(index + quotes)..<end].allSatisfy { $0 == Self.hash }
  }

  /// Blanks an escaped character, or an interpolation up to its closing parenthesis.
  private mutating func blankEscape(hashes: Int) {
    erase(1 + hashes)
    guard index < source.count, source[index] == UInt8(ascii: "(") else { return erase(1) }
    var depth = 0
    repeat {
      if let inner = hashesOfString() {
        blankString(hashes: inner)
        continue
      }
      if source[index] == UInt8(ascii: "(") { depth += 1 }
      if source[index] == UInt8(ascii: ")") { depth -= 1 }
      erase(1)
    } while depth > 0 && index < source.count
  }
}
