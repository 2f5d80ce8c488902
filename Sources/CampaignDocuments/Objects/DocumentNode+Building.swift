extension DocumentNode {
  /// A string that stands in no file.
  static func string(_ text: String) -> DocumentNode {
    DocumentNode(content: .scalar(text: text, isPlain: false), line: 0)
  }

  /// A number or boolean as its text, that stands in no file.
  static func plain(_ value: some CustomStringConvertible) -> DocumentNode {
    DocumentNode(content: .scalar(text: value.description, isPlain: true), line: 0)
  }

  /// A list that stands in no file.
  static func list(_ elements: [DocumentNode]) -> DocumentNode {
    DocumentNode(content: .list(elements), line: 0)
  }

  /// A map that stands in no file, with its keys sorted; keys without a value are left out.
  /// - Complexity: O(n log n) in the keys.
  static func map(_ values: KeyValuePairs<String, DocumentNode?>) -> DocumentNode {
    let entries = values.compactMap { key, value in
      value.map { Entry(key: key, keyLine: 0, value: $0) }
    }
    return .map(entries: entries)
  }

  /// A map of entries, that stands in no file, with its keys sorted.
  /// - Complexity: O(n log n) in the entries.
  static func map(entries: [Entry]) -> DocumentNode {
    DocumentNode(content: .map(entries.sorted { $0.key < $1.key }), line: 0)
  }

  /// A map of strings by name, or nil of none.
  static func names(_ values: [String: String]) -> DocumentNode? {
    if values.isEmpty { return nil }
    return .map(
      entries: values.map { name, value in
        Entry(key: name, keyLine: 0, value: .string(value))
      })
  }

  /// A list, or nil of nothing.
  static func listUnlessEmpty<Value>(
    _ values: [Value], _ node: (Value) -> DocumentNode
  ) -> DocumentNode? {
    values.isEmpty ? nil : .list(values.map(node))
  }

  /// The node unless it is a map without keys.
  var unlessEmpty: DocumentNode? {
    if case .map(let entries) = content, entries.isEmpty { return nil }
    return self
  }

  /// The map with the value of a key set, behind the others; a node that is no map becomes one.
  /// - Complexity: O(n) in the entries.
  package func setting(_ value: DocumentNode, for key: String) -> DocumentNode {
    var entries: [Entry] = []
    if case .map(let own) = content { entries = own.filter { $0.key != key } }
    entries.append(Entry(key: key, keyLine: value.line, value: value))
    return DocumentNode(content: .map(entries), line: line)
  }
}
