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
  }

  /// What the node holds.
  package let content: Content
  /// The line on which the node starts, from 1.
  package let line: Int32

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
}
