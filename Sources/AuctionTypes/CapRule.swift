/// At most so many impressions to a user within any period of a length.
@usableFromInline
package struct CapRule: BitwiseCopyable, Sendable, Hashable {
  /// At least 1.
  package var impressions: UInt16
  package var periodSeconds: UInt32
  /// Whether users without an id, who cannot be counted, pass.
  package var allowsUnidentified: Bool

  package init(impressions: UInt16, periodSeconds: UInt32, allowsUnidentified: Bool = false) {
    self.impressions = impressions
    self.periodSeconds = periodSeconds
    self.allowsUnidentified = allowsUnidentified
  }
}

extension CapRule {
  /// Rules of one scope with one for each period, which counts once: of several the strictest.
  ///
  /// - Complexity: O(n²) in the rules, which are few.
  package static func distinct(_ rules: [CapRule]) -> [CapRule] {
    var distinct: [CapRule] = []
    for rule in rules {
      guard let index = distinct.firstIndex(where: { $0.periodSeconds == rule.periodSeconds })
      else {
        distinct.append(rule)
        continue
      }
      distinct[index].impressions = min(distinct[index].impressions, rule.impressions)
      distinct[index].allowsUnidentified =
        distinct[index].allowsUnidentified && rule.allowsUnidentified
    }
    return distinct
  }
}
