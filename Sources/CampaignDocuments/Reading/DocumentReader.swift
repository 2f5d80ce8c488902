/// A node together with its place and the log of its file: what typed values are read through.
///
/// Every accessor returns nil where the node is not what is asked for and records why, so a
/// caller goes on and all problems are found in one pass. The configuration file is read through
/// it too.
package struct DocumentReader {
  /// The node that is read.
  package let node: DocumentNode
  /// Where the node stands.
  package let pointer: DocumentPointer
  /// Where problems go.
  package let log: ProblemLog

  /// A reader of a node at a place of the log's file.
  package init(node: DocumentNode, pointer: DocumentPointer, log: ProblemLog) {
    self.node = node
    self.pointer = pointer
    self.log = log
  }

  /// A reader of the root of a file's bytes, or nil if they cannot be parsed.
  /// - Complexity: O(n) in the bytes.
  package init?(parsing bytes: [UInt8], log: ProblemLog) {
    guard let root = DocumentNode.parse(bytes, log: log) else { return nil }
    self.init(node: root, pointer: .root, log: log)
  }

  /// The node's line, from 1.
  package var line: Int { Int(node.line) }

  /// Records an error at this node.
  package func fail(_ message: String) {
    log.record(message, line: line, at: pointer)
  }

  /// Records a warning at this node.
  package func warn(_ message: String) {
    log.record(message, line: line, at: pointer, severity: .warning)
  }

  /// The map, or nil if the node is none.
  ///
  /// Each key that is not in `keys` is an error, which names the nearest known one.
  /// - Complexity: O(n) in the entries.
  package func map(keys: [String]) -> DocumentMap? {
    guard case .map(let entries) = node.content else {
      wrongType("a map")
      return nil
    }
    for entry in entries where !keys.contains(entry.key) && !log.isFull {
      log.record(
        "unknown key `\(entry.key.quotable)`\(NearestWord.hint(entry.key, among: keys))",
        line: Int(entry.keyLine), at: .key(pointer, entry.key))
    }
    return DocumentMap(reader: self, entries: entries, keys: keys)
  }

  /// The keys and values of a map whose keys are names chosen by the author, at most `count`.
  /// - Complexity: O(n) in the entries.
  package func namedValues(
    atMost count: Int
  ) -> [(name: String, nameLine: Int, value: DocumentReader)]? {
    guard case .map(let entries) = node.content else {
      wrongType("a map")
      return nil
    }
    guard hasAtMost(count, entries.count) else { return nil }
    return entries.map { entry in
      let place = DocumentPointer.key(pointer, entry.key)
      let value = DocumentReader(node: entry.value, pointer: place, log: log)
      return (entry.key, Int(entry.keyLine), value)
    }
  }

  /// The elements of a list of at most `count`, or nil if the node is none.
  /// - Complexity: O(n) in the elements.
  package func list(atMost count: Int) -> [DocumentReader]? {
    guard case .list(let elements) = node.content else {
      wrongType("a list")
      return nil
    }
    guard hasAtMost(count, elements.count) else { return nil }
    return elements.indices.map { index in
      DocumentReader(node: elements[index], pointer: .index(pointer, index), log: log)
    }
  }

  /// The source text of a scalar where a string belongs, or nil.
  ///
  /// Plain text keeps its spelling, so `NO`, `08-20` and `75001` need no quotes; only `true`,
  /// `false` and null do.
  /// - Complexity: O(n) in the text.
  package func text(atMost characters: Int) -> String? {
    guard case .scalar(let text, let isPlain) = node.content, !node.isNull,
      !(isPlain && (text == "true" || text == "false"))
    else {
      wrongType("a string")
      return nil
    }
    guard text.utf8.count <= characters || text.count <= characters else {
      fail("longer than \(characters) characters")
      return nil
    }
    return text
  }

  /// A text that is not empty and has no blanks around it and no control characters.
  /// - Complexity: O(n) in the text.
  package func word(atMost characters: Int) -> String? {
    guard let text = text(atMost: characters) else { return nil }
    guard let first = text.first, let last = text.last else {
      fail("empty")
      return nil
    }
    guard !first.isWhitespace, !last.isWhitespace, text.onOneLine == text else {
      fail("`\(text.quotable)` has blanks around it or control characters")
      return nil
    }
    return text
  }

  /// `true` or `false`, without quotes and in no other spelling; else nil.
  package func boolean() -> Bool? {
    switch node.content {
    case .scalar("true", isPlain: true): return true
    case .scalar("false", isPlain: true): return false
    default:
      wrongType("true or false")
      return nil
    }
  }

  /// One of the words of an enumeration, or nil; the message lists what is allowed.
  package func choice<Word>(of words: Word.Type = Word.self) -> Word?
  where Word: RawRepresentable<String> & CaseIterable {
    let allowed = words.allCases.map { $0.rawValue }
    guard case .scalar(let text, _) = node.content else {
      wrongType("one of \(allowed.joined(separator: ", "))")
      return nil
    }
    if let word = Word(rawValue: text) { return word }
    let hint = NearestWord.hint(text, among: allowed)
    fail("`\(text.quotable)` is not one of \(allowed.joined(separator: ", "))\(hint)")
    return nil
  }

  /// Records that something else was expected than what the node is.
  package func wrongType(_ expected: String) {
    fail("expected \(expected), found \(found)")
  }

  private var found: String {
    switch node.content {
    case .list: return "a list"
    case .map: return "a map"
    case .scalar where node.isNull: return "null"
    case .scalar(let text, isPlain: true): return "`\(text.quotable)`"
    case .scalar(let text, isPlain: false): return "the string \"\(text.quotable)\""
    }
  }

  private func hasAtMost(_ limit: Int, _ count: Int) -> Bool {
    if count > limit { fail("\(count) entries; at most \(limit) are allowed") }
    return count <= limit
  }
}
