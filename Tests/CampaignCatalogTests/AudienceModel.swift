import CampaignDocuments
import Support

/// Audience expressions as the contract words them, and some by chance.
struct AudienceModel {
  /// The segments that expressions name.
  let names: [String]

  init(segmentCount: Int) { names = (0..<segmentCount).map { "aam:\($0)" } }

  /// The contract's words: any, all, none over the user's segments.
  func holds(_ expression: AudienceExpression, _ user: Set<String>) -> Bool {
    switch expression {
    case .segment(let name): user.contains(name)
    case .any(let parts): parts.contains { holds($0, user) }
    case .all(let parts): !parts.contains { !holds($0, user) }
    case .none(let parts): !parts.contains { holds($0, user) }
    }
  }

  /// An expression of some depth at most, drawn by chance.
  func random(_ depth: Int, _ generator: inout SeededGenerator) -> AudienceExpression {
    if depth == 0 || Int.random(in: 0..<3, using: &generator) == 0 {
      return .segment(names.randomElement(using: &generator)!)
    }
    let parts = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      random(depth - 1, &generator)
    }
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: return .any(parts)
    case 1: return .all(parts)
    default: return .none(parts)
    }
  }
}
