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
  /// - Complexity: O(segments of the clause), and as much again for each part of an `any` that is
  ///   several wanted sets.
  init?(_ expression: AudienceExpression, _ registry: SegmentRegistry) {
    guard let found = Self.requirements(expression, negated: false, registry) else { return nil }
    self = found
  }

  private static func requirements(
    _ expression: AudienceExpression, negated: Bool, _ registry: SegmentRegistry
  ) -> AudienceRequirements? {
    switch expression {
    case .segment(let name):
      let segment = registry.intern(name)
      return negated
        ? AudienceRequirements(unwanted: [segment]) : AudienceRequirements(wanted: [[segment]])
    case .any(let parts):
      return negated
        ? ofAll(parts, negated: true, registry) : ofAny(parts, negated: false, registry)
    case .all(let parts):
      return negated
        ? ofAny(parts, negated: true, registry) : ofAll(parts, negated: false, registry)
    case .none(let parts):
      return negated
        ? ofAny(parts, negated: false, registry) : ofAll(parts, negated: true, registry)
    }
  }

  /// All of some parts: what each of them wants and does not want.
  private static func ofAll(
    _ parts: [AudienceExpression], negated: Bool, _ registry: SegmentRegistry
  ) -> AudienceRequirements? {
    var joined = AudienceRequirements()
    for part in parts {
      guard let next = requirements(part, negated: negated, registry) else { return nil }
      joined.wanted += next.wanted.filter { !joined.wanted.contains($0) }
      joined.unwanted.formUnion(next.unwanted)
      if joined.wanted.count > CatalogLimits.audienceRequirements { return nil }
    }
    return joined
  }

  /// Any of some parts: those that are one set are one set together, beside which one set of each
  /// other part is enough. What is unwanted by one of several parts only cannot be put so.
  private static func ofAny(
    _ parts: [AudienceExpression], negated: Bool, _ registry: SegmentRegistry
  ) -> AudienceRequirements? {
    if parts.count == 1 { return requirements(parts[0], negated: negated, registry) }
    // Of no parts none holds, which is what a set without segments says.
    var segments: Set<SegmentID> = []
    var others: [[Set<SegmentID>]] = []
    for part in parts {
      if !negated, case .segment(let name) = part {
        segments.insert(registry.intern(name))
        continue
      }
      guard let next = requirements(part, negated: negated, registry), next.unwanted.isEmpty else {
        return nil
      }
      if next.wanted.count == 1 {
        segments.formUnion(next.wanted[0])
      } else {
        others.append(next.wanted)
      }
    }
    return pairs([segments], others)
  }

  /// Every set of what is joined so far with every set of each other part.
  private static func pairs(
    _ first: [Set<SegmentID>], _ others: [[Set<SegmentID>]]
  ) -> AudienceRequirements? {
    var wanted = first
    for sets in others {
      var pairs: [Set<SegmentID>] = []
      for set in wanted {
        for other in sets {
          let pair = set.union(other)
          if !pairs.contains(pair) { pairs.append(pair) }
        }
      }
      if pairs.count > CatalogLimits.audienceRequirements { return nil }
      wanted = pairs
    }
    return AudienceRequirements(wanted: wanted)
  }
}
