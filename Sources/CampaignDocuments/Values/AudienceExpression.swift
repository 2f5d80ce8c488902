/// Which users are wanted, as segments under and, or, not.
package indirect enum AudienceExpression: Sendable, Equatable {
  /// Users in the segment.
  case segment(String)
  /// Users that at least one part matches.
  case any([AudienceExpression])
  /// Users that every part matches.
  case all([AudienceExpression])
  /// Users that no part matches.
  case none([AudienceExpression])

  /// The segments named, in the order of the document, repeated where they are.
  /// - Complexity: O(n) in the parts.
  package var segments: [String] {
    switch self {
    case .segment(let name): [name]
    case .any(let parts), .all(let parts), .none(let parts): parts.flatMap { $0.segments }
    }
  }
}
