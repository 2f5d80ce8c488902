/// A value of a YAML or JSON document with the line it stands on.
///
/// A scalar keeps its source text: `NO`, `08-20` and `1e3` are what their author wrote, and only
/// the reader that knows what belongs there gives them a type.
package struct DocumentNode: Sendable, Equatable {
  /// What a node holds.
  package enum Content: Sendable, Equatable {
    /// A scalar; a plain one has no quotes, so it may be a number, a boolean or null.
    case scalar(text: String, isPlain: Bool)
    /// A list, in the order of the document.
    case list([DocumentNode])
    /// A map with its keys in the order of the document, each once.
    case map([Entry])
  }

  /// A key of a map and its value.
  package struct Entry: Sendable, Equatable {
    /// The key's text.
    package let key: String
    /// The line of the key, from 1.
    package let keyLine: Int32
    /// The value.
    package let value: DocumentNode

    /// An entry of a key on a line.
    package init(key: String, keyLine: Int32, value: DocumentNode) {
      self.key = key
      self.keyLine = keyLine
      self.value = value
    }
  }

  /// What the node holds.
  package let content: Content
  /// The line on which the node starts, from 1.
  package let line: Int32

  /// A node that starts on a line; 0 is for what stands in no file.
  package init(content: Content, line: Int32) {
    self.content = content
    self.line = line
  }

  /// Whether the node is null: `null`, `~` or nothing at all, without quotes.
  package var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    switch text {
    case "", "~", "null", "Null", "NULL": return true
    default: return false
    }
  }

  /// Whether both nodes say the same, wherever they stand and however they are quoted.
  /// - Complexity: O(n) in the nodes.
  package func saysTheSame(as other: DocumentNode) -> Bool {
    switch (content, other.content) {
    case (.scalar(let mine, _), .scalar(let theirs, _)):
      return mine == theirs
    case (.list(let mine), .list(let theirs)):
      return mine.elementsEqual(theirs) { $0.saysTheSame(as: $1) }
    case (.map(let mine), .map(let theirs)):
      return mine.elementsEqual(theirs) { $0.key == $1.key && $0.value.saysTheSame(as: $1.value) }
    default:
      return false
    }
  }

  /// The node with a plain scalar set at a path of keys; maps that are missing on the way are
  /// added, and what is no map there is replaced by one. An environment variable overrides a
  /// configuration key this way.
  /// - Complexity: O(n) in the entries of the maps on the way.
  package func setting(_ text: String, at keys: some Collection<String>) -> DocumentNode {
    guard let key = keys.first else {
      return DocumentNode(content: .scalar(text: text, isPlain: true), line: 0)
    }
    var entries: [Entry] = []
    if case .map(let own) = content { entries = own }
    let index = entries.firstIndex { $0.key == key }
    let old = index.map { entries[$0].value } ?? DocumentNode(content: .map([]), line: 0)
    let value = old.setting(text, at: keys.dropFirst())
    if let index {
      entries[index] = Entry(key: key, keyLine: entries[index].keyLine, value: value)
    } else {
      entries.append(Entry(key: key, keyLine: 0, value: value))
    }
    return DocumentNode(content: .map(entries), line: line)
  }
}
