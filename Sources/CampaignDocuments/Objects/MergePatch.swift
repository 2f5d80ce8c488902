/// Merge patches of JSON (RFC 7396).
package enum MergePatch {
  /// The target with the patch applied: a map is merged key by key, null removes a key, everything
  /// else replaces what was there.
  ///
  /// Keys of the target keep their order, new ones come behind them.
  /// - Complexity: O(n) in the nodes of both.
  package static func apply(_ patch: DocumentNode, to target: DocumentNode) -> DocumentNode {
    guard case .map(let changes) = patch.content else { return patch }
    var entries: [DocumentNode.Entry] = []
    if case .map(let own) = target.content { entries = own }
    var places = Dictionary(entries.indices.map { (entries[$0].key, $0) }) { first, _ in first }
    var removed: Set<String> = []
    for change in changes {
      guard !change.value.isNull else {
        removed.insert(change.key)
        continue
      }
      removed.remove(change.key)
      let place = places[change.key]
      let old = place.map { entries[$0].value } ?? DocumentNode(content: .map([]), line: 0)
      let entry = DocumentNode.Entry(
        key: change.key, keyLine: change.keyLine, value: apply(change.value, to: old))
      if let place {
        entries[place] = entry
      } else {
        places[change.key] = entries.count
        entries.append(entry)
      }
    }
    return DocumentNode(
      content: .map(entries.filter { !removed.contains($0.key) }), line: target.line)
  }
}
