import CampaignDocuments

extension DocumentNode {
  /// The value of a key, where the node is a map that has it and it is not null.
  subscript(key: String) -> DocumentNode? {
    guard case .map(let entries) = content,
      let value = entries.first(where: { $0.key == key })?.value, !value.isNull
    else { return nil }
    return value
  }

  /// The elements of a list; of anything else none.
  var elements: [DocumentNode] {
    if case .list(let elements) = content { return elements }
    return []
  }

  /// The text of a scalar.
  var text: String? {
    if case .scalar(let text, _) = content { return text }
    return nil
  }

  /// The number of a plain scalar.
  var integer: Int64? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return Int64(text)
  }
}
