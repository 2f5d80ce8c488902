extension DocumentChange {
  /// The changes that lead from one state to another.
  ///
  /// Advertisers come in the order after, those that are gone last; within each advertiser itself,
  /// creatives, campaigns, line items, again in the order after and those that are gone last. A
  /// line item that moved to another campaign is an update with `/campaign` among its fields.
  /// - Complexity: O(n) in the objects and in the text of those that differ.
  package static func between(
    _ before: [DocumentObject], _ after: [DocumentObject]
  ) -> [DocumentChange] {
    let old = Dictionary(before.map { ($0.key, $0) }) { first, _ in first }
    let kept = Set(after.map { $0.key })
    var changes = after.compactMap { object in
      guard let previous = old[object.key] else {
        let field = FieldChange(pointer: "", before: nil, after: object.json)
        return DocumentChange(action: .create, object: object, fields: [field])
      }
      return change(from: previous, to: object)
    }
    changes += before.filter { !kept.contains($0.key) }.map { object in
      let field = FieldChange(pointer: "", before: object.json, after: nil)
      return DocumentChange(action: .delete, object: object, fields: [field])
    }
    return sorted(changes, after: after)
  }

  /// The change from one version of an object to another, or nil where both say the same.
  /// - Complexity: O(n) in the text.
  package static func change(
    from before: DocumentObject, to after: DocumentObject
  ) -> DocumentChange? {
    guard before != after else { return nil }
    var fields = FieldChange.between(before.json, after.json)
    if before.campaign != after.campaign {
      fields.insert(
        FieldChange(
          pointer: "/campaign", before: before.campaign.map { DocumentNode.string($0).json },
          after: after.campaign.map { DocumentNode.string($0).json }),
        at: 0)
    }
    return fields.isEmpty ? nil : DocumentChange(action: .update, object: after, fields: fields)
  }

  private static func sorted(
    _ changes: [DocumentChange], after: [DocumentObject]
  ) -> [DocumentChange] {
    var ranks: [String: Int] = [:]
    for object in after where ranks[object.advertiser] == nil {
      ranks[object.advertiser] = ranks.count
    }
    for change in changes where ranks[change.object.advertiser] == nil {
      ranks[change.object.advertiser] = ranks.count
    }
    func place(_ index: Int) -> (Int, Int, Int) {
      let object = changes[index].object
      return (ranks[object.advertiser] ?? 0, object.kind.rank, index)
    }
    return changes.indices.sorted { place($0) < place($1) }.map { changes[$0] }
  }
}

extension DocumentKind {
  /// The place of the kind in lists.
  fileprivate var rank: Int {
    switch self {
    case .advertiser: 0
    case .creative: 1
    case .campaign: 2
    case .lineItem: 3
    }
  }
}
