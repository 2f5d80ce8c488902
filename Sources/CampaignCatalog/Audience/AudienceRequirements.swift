import AuctionTypes
import CampaignDocuments

/// What a clause asks of a user, one requirement beside the other: to be in at least one segment of
/// each wanted set, and in none of the unwanted.
struct AudienceRequirements: Equatable {
  private(set) var wanted: [Set<SegmentID>] = []
  private(set) var unwanted: Set<SegmentID> = []

  private init(wanted: [Set<SegmentID>] = [], unwanted: Set<SegmentID> = []) {
    self.wanted = wanted
    self.unwanted = unwanted
  }

  /// Nil where a clause cannot be put so, or only with more than
  /// ``CatalogLimits/audienceRequirements`` wanted sets.
  ///
  /// - Complexity: O(segments of the clause).
  init?(_ expression: AudienceExpression, _ registry: SegmentRegistry) {
    guard let found = Self.requirements(expression, negated: false, registry) else { return nil }
    self = found
  }

  /// Whether a user in no segment meets them.
  var holdForNobody: Bool { wanted.isEmpty }

  private static func requirements(
    _ expression: AudienceExpression, negated: Bool, _ registry: SegmentRegistry
  ) -> AudienceRequirements? {
    switch expression {
    case .segment(let name):
      let segment = registry.intern(name)
      return negated
        ? AudienceRequirements(unwanted: [segment]) : AudienceRequirements(wanted: [[segment]])
    case .any(let parts):
      return join(parts, byAnd: negated, negated: negated, registry)
    case .all(let parts):
      return join(parts, byAnd: !negated, negated: negated, registry)
    case .none(let parts):
      return join(parts, byAnd: !negated, negated: !negated, registry)
    }
  }

  private static func join(
    _ parts: [AudienceExpression], byAnd: Bool, negated: Bool, _ registry: SegmentRegistry
  ) -> AudienceRequirements? {
    // Of no parts, all hold and none does.
    var joined = byAnd ? AudienceRequirements() : AudienceRequirements(wanted: [[]])
    for (index, part) in parts.enumerated() {
      guard let next = requirements(part, negated: negated, registry) else { return nil }
      if byAnd {
        joined.wanted += next.wanted.filter { !joined.wanted.contains($0) }
        joined.unwanted.formUnion(next.unwanted)
      } else if index == 0 {
        joined = next
      } else {
        guard let either = joined.or(next) else { return nil }
        joined = either
      }
      if joined.wanted.count > CatalogLimits.audienceRequirements { return nil }
    }
    return joined
  }

  /// Either of two: one set of each is enough, in every pair of sets. What is unwanted by one of
  /// them only cannot be put so.
  private func or(_ other: AudienceRequirements) -> AudienceRequirements? {
    guard unwanted.isEmpty, other.unwanted.isEmpty else { return nil }
    var pairs: [Set<SegmentID>] = []
    for set in wanted {
      for otherSet in other.wanted {
        let pair = set.union(otherSet)
        if !pairs.contains(pair) { pairs.append(pair) }
      }
    }
    return AudienceRequirements(wanted: pairs)
  }
}
