extension FieldChange {
  /// What differs between two JSON texts: maps are compared key by key, lists and scalars as whole
  /// values. A text that is no JSON differs as a whole.
  /// - Complexity: O(n log n) in the text.
  package static func between(_ before: String, _ after: String) -> [FieldChange] {
    guard let old = DocumentNode(json: Array(before.utf8)),
      let new = DocumentNode(json: Array(after.utf8))
    else {
      return before == after ? [] : [FieldChange(pointer: "", before: before, after: after)]
    }
    return between(old, new)
  }

  /// What differs between two nodes, in the order of keys.
  /// - Complexity: O(n log n) in the nodes.
  package static func between(_ before: DocumentNode, _ after: DocumentNode) -> [FieldChange] {
    var fields: [FieldChange] = []
    collect(before, after, at: .root, into: &fields)
    return fields
  }

  private static func collect(
    _ before: DocumentNode?, _ after: DocumentNode?, at pointer: DocumentPointer,
    into fields: inout [FieldChange]
  ) {
    if before == after { return }
    guard let old = entries(before, beside: after), let new = entries(after, beside: before) else {
      let (old, new) = (before?.json, after?.json)
      if old != new {
        fields.append(FieldChange(pointer: pointer.description, before: old, after: new))
      }
      return
    }
    var (left, right) = (old[...], new[...])
    while let key = [left.first?.key, right.first?.key].compactMap({ $0 }).min() {
      let mine = left.first?.key == key ? left.removeFirst().value : nil
      let theirs = right.first?.key == key ? right.removeFirst().value : nil
      collect(mine, theirs, at: .key(pointer, key), into: &fields)
    }
  }

  /// The entries of a map by key; what is missing beside a map that has any counts as an empty one.
  private static func entries(
    _ node: DocumentNode?, beside other: DocumentNode?
  ) -> [DocumentNode.Entry]? {
    guard let node else {
      if case .map(let entries) = other?.content, !entries.isEmpty { return [] }
      return nil
    }
    guard case .map(let entries) = node.content else { return nil }
    let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0.key < $1.key }
    return isSorted ? entries : entries.sorted { $0.key < $1.key }
  }
}
