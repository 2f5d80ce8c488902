/// The advertisers that exist for a key: what belongs to others cannot be told from what does not
/// exist.
package enum AdvertiserScope: Sendable, Hashable {
  /// Every advertiser, and what is shared between them.
  case all
  /// These alone.
  case only(Set<String>)

  /// Whether an advertiser exists for the key.
  package func contains(_ advertiser: String) -> Bool {
    switch self {
    case .all: true
    case .only(let advertisers): advertisers.contains(advertiser)
    }
  }

  /// Whether all that exists for another key exists for this one.
  package func contains(_ other: AdvertiserScope) -> Bool {
    switch (self, other) {
    case (.all, _): true
    case (.only, .all): false
    case (.only(let mine), .only(let theirs)): theirs.isSubset(of: mine)
    }
  }
}
