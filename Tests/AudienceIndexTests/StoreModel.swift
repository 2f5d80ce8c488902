import AuctionTypes

@testable import AudienceIndex

/// What a store should know, kept in dictionaries.
struct StoreModel {
  var rows: [UserKey: [SegmentID: UInt32]] = [:]
  var suppressed: Set<UserKey> = []

  struct Line {
    let user: UserKey
    let changes: [SegmentChange]
  }

  /// Applies the lines of one file and counts what changed.
  mutating func apply(
    _ lines: [Line], mode: StageMode, isSource: (SegmentID) -> Bool, now: UInt32
  ) -> FileCounts {
    var counts = FileCounts()
    dropEnded(now)
    let before = rows
    let named = Set(lines.map(\.user))
    counts.usersTouched = named.count
    for user in mode == .replaceAll ? Set(rows.keys).union(named) : named
    where mode != .changes {
      rows[user] = rows[user]?.filter { !isSource($0.key) }
    }
    var last: [UserKey: [SegmentID: SegmentChange]] = [:]
    for line in lines {
      for change in line.changes { last[line.user, default: [:]][change.segment] = change }
    }
    for (user, changes) in last {
      for (segment, change) in changes {
        rows[user, default: [:]][segment] = nil
        if change.isRemoval { continue }
        if change.expirySeconds != 0 && change.expirySeconds <= now {
          counts.expired += 1
        } else {
          rows[user, default: [:]][segment] = change.expirySeconds
        }
      }
    }
    rows = rows.filter { !$0.value.isEmpty }
    for user in Set(before.keys).union(rows.keys) {
      let old = Set(before[user, default: [:]].keys)
      let new = Set(rows[user, default: [:]].keys)
      counts.added += new.subtracting(old).count
      counts.removed += old.subtracting(new).count
      if old.isEmpty && !new.isEmpty { counts.usersNew += 1 }
    }
    return counts
  }

  mutating func dropEnded(_ now: UInt32) {
    for (user, row) in rows { rows[user] = row.filter { $0.value == 0 || $0.value > now } }
    rows = rows.filter { !$0.value.isEmpty }
  }

  var membershipCount: Int { rows.values.reduce(0) { $0 + $1.count } }
}
