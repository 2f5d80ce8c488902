/// What the control database is bounded by, and why.
package enum StoreLimits {
  /// Seconds that a write waits for another: a large document takes less.
  package static let busySeconds = 10.0
  /// Reads at a time; each keeps a connection and its cache.
  package static let readers = 4
  /// Keys that are not revoked: all are kept in memory, a few hundred bytes each.
  package static let keys = 10_000
  /// Those of them within the scope of an administrator who does not see all advertisers: a tenth,
  /// so that no script of one advertiser takes the keys of others.
  package static let keysOfScope = 1_000
  /// Characters of a key's name: a line of a table.
  package static let keyNameCharacters = 100
  /// Advertisers of one key's scope; a key of more is one of all.
  package static let keyAdvertisers = 1_000
  /// Seconds that the secret before a rotation may stay valid: a week to bring the new one out.
  package static let graceSeconds = 604_800
  /// Milliseconds that "last used" is rounded down to, so that a busy key costs a write an hour.
  package static let lastUsedMilliseconds: Int64 = 3_600_000
  /// Objects named that stand in the way of a deletion: enough to see what to do.
  package static let namedReferences = 10
  /// Versions of an object that are kept however old they are.
  package static let versions: Int64 = 100
  /// Milliseconds for which the others are kept: a quarter, in which a change is looked for.
  package static let versionMilliseconds: Int64 = 90 * 86_400_000
  /// Versions of an object that are kept at most: a script that changes a budget every minute
  /// would leave 130,000 in a quarter.
  package static let mostVersions: Int64 = 1_000
  /// Versions that a write forgets of its object at most: more than it adds, so that a long history
  /// shrinks, and so few that no write waits for it.
  package static let versionsForgotten = 10
  /// Upload jobs kept of a source: a file every ten minutes for 70 days. The older are forgotten.
  package static let jobsOfSource = 10_000
  /// Milliseconds that an upload job is kept: a quarter, in which a feed's trouble is found.
  package static let jobMilliseconds: Int64 = 90 * 86_400_000
}
