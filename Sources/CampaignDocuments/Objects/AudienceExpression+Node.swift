extension AudienceExpression {
  /// The expression as a document has it.
  ///
  /// An `all` of at least two maps with different keys, in the order any, all, none, is one map of
  /// these keys, as that is what the reader makes of such a map; so no text is nested deeper than
  /// the one that was read.
  /// - Complexity: O(n) in the parts.
  var node: DocumentNode {
    guard case .all(let parts) = self, let clauses = Self.clauses(of: parts) else {
      return clause.map { DocumentNode.map(entries: [$0]) } ?? .string(segments.first ?? "")
    }
    return .map(entries: clauses)
  }

  /// The entries of one map that the parts of an `all` make, or nil if they make none.
  private static func clauses(of parts: [AudienceExpression]) -> [DocumentNode.Entry]? {
    let ranks = parts.compactMap { $0.rank }
    guard parts.count > 1, ranks.count == parts.count,
      zip(ranks, ranks.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    return parts.compactMap { $0.clause }
  }

  /// The key of an expression with its list; nil for a segment.
  private var clause: DocumentNode.Entry? {
    let (key, parts): (String, [AudienceExpression])
    switch self {
    case .segment: return nil
    case .any(let own): (key, parts) = ("any", own)
    case .all(let own): (key, parts) = ("all", own)
    case .none(let own): (key, parts) = ("none", own)
    }
    return DocumentNode.Entry(key: key, keyLine: 0, value: .list(parts.map { $0.node }))
  }

  /// The place of an expression's key in the reader's order; nil for a segment.
  private var rank: Int? {
    switch self {
    case .segment: nil
    case .any: 0
    case .all: 1
    case .none: 2
    }
  }
}
