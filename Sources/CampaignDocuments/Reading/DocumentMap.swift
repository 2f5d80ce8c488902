/// A map whose keys are known: the values of its keys, as readers.
package struct DocumentMap {
  /// The map's own reader, to record problems of the map as a whole.
  package let reader: DocumentReader
  private let entries: [DocumentNode.Entry]
  private let keys: [String]

  init(reader: DocumentReader, entries: [DocumentNode.Entry], keys: [String]) {
    self.reader = reader
    self.entries = entries
    self.keys = keys
  }

  /// The value of a key, or nil where it is missing or null. Asking for a key that the map was
  /// not opened with is a programmer's mistake.
  /// - Complexity: O(n) in the entries.
  package subscript(key: String) -> DocumentReader? {
    precondition(keys.contains(key), "the key \(key) is not among the known ones")
    guard let entry = entries.first(where: { $0.key == key }), !entry.value.isNull else {
      return nil
    }
    let place = DocumentPointer.key(reader.pointer, key)
    return DocumentReader(node: entry.value, pointer: place, log: reader.log)
  }

  /// The value of a key; where it is missing or null an error at the map says so.
  /// - Complexity: O(n) in the entries.
  package func required(_ key: String) -> DocumentReader? {
    if let value = self[key] { return value }
    reader.fail("missing key `\(key)`")
    return nil
  }
}
