/// A word of a line of code: letters, digits and underscores, with the sign before it.
struct Word: Equatable, Sendable {
  /// The word itself.
  let text: String
  /// Its line, from 1.
  let line: Int
  /// The character right before it, which tells `@safe` and `.init` from plain words.
  let before: Character?
  /// Where it ends in the characters of the code.
  let end: Int

  /// The words of a code in order.
  /// - Complexity: O(n) in the characters.
  static func words(of code: [Character]) -> [Word] {
    var words: [Word] = []
    var line = 1
    var start: Int?
    for index in 0...code.count {
      let character = index < code.count ? code[index] : "\n"
      if isPart(character) {
        start = start ?? index
        continue
      }
      if let begin = start {
        let before = begin > 0 ? code[begin - 1] : nil
        words.append(
          Word(text: String(code[begin..<index]), line: line, before: before, end: index))
        start = nil
      }
      if character == "\n" { line += 1 }
    }
    return words
  }

  private static func isPart(_ character: Character) -> Bool {
    character == "_" || character.isLetter || character.isNumber
  }
}
