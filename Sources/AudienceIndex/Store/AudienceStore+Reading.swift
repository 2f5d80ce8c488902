import AuctionTypes

/// A segment of a user, and until when.
package struct NamedMembership: Equatable, Sendable {
  /// The segment's name.
  package let segment: String
  /// When it ends, in seconds since 1970; 0 for never.
  package let expirySeconds: UInt32
}

extension AudienceStore {
  /// All that is known of a user, exactly, from the records; nil when there is no row.
  ///
  /// - Complexity: O(log users), a disk read or two a layer.
  package func memberships(of user: UserKey) -> [NamedMembership]? {
    let layers = state.withLock { $0.layers }
    var cursor = StateCursor(layers)
    cursor.seek(user)
    var row: [Membership] = []
    guard cursor.read(user, into: &row) else { return nil }
    return row.map {
      NamedMembership(
        segment: registry.name(of: $0.segment) ?? "#\($0.segment.rawValue)",
        expirySeconds: $0.expirySeconds)
    }
  }

  /// Whether a user must be treated as unknown.
  package func isSuppressed(_ user: UserKey) -> Bool {
    state.withLock { $0.suppression }.table.contains(user)
  }

  /// What hashes the ids of a space, or nil when the store was not told of it.
  package func hasher(space name: String) -> UserKeyHasher? {
    options.spaces.first { $0.name == name }.map { UserKeyHasher(space: $0, key: hashKey) }
  }

  /// The figures of what is known.
  package var info: SnapshotInfo {
    let now = state.withLock { ($0.manifest, $0.layers, $0.suppression) }
    var info = SnapshotInfo(now.1.map { $0.info })
    info.generation = now.0.generation
    info.userCount = now.0.userCount
    info.membershipCount = now.0.membershipCount
    info.suppressedCount = now.2.table.count
    info.segmentCount = registry.count
    return info
  }
}
