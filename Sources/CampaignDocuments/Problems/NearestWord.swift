/// Finds the known word that a misspelt one was meant to be.
package enum NearestWord {
  /// The nearest of `known` within a third of the word's length, at least two edits; nil if none.
  /// - Complexity: O(n · m²) in the words and their lengths, cut at
  ///   `DocumentLimits.comparedCharacters`.
  package static func find(_ word: String, among known: some Sequence<String>) -> String? {
    let letters = folded(word)
    guard letters.count <= DocumentLimits.comparedCharacters else { return nil }
    let limit = max(2, letters.count / 3)
    var best: (word: String, edits: Int)?
    for candidate in known {
      let other = folded(candidate)
      guard abs(other.count - letters.count) <= limit else { continue }
      let edits = distance(letters, other)
      guard edits <= limit, edits < max(letters.count, other.count) else { continue }
      if edits < best?.edits ?? .max { best = (candidate, edits) }
    }
    return best?.word
  }

  /// The sentence's end that proposes the nearest known word, or nothing.
  package static func hint(_ word: String, among known: some Sequence<String>) -> String {
    find(word, among: known).map { "; did you mean `\($0)`?" } ?? ""
  }

  private static func folded(_ word: String) -> [UInt8] {
    word.lowercased().utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
  }

  /// Edits between two words: insertions, deletions, changes and swaps of neighbours.
  static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    var row = last
    for i in first.indices {
      row[0] = i + 1
      for j in second.indices {
        let change = last[j] + (first[i] == second[j] ? 0 : 1)
        row[j + 1] = min(last[j + 1] + 1, row[j] + 1, change)
        if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
          row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
        }
      }
      (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[second.count]
  }
}
