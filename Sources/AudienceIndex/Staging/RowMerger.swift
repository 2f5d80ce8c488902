import AuctionTypes

/// Applies what a batch says of one user to the user's row.
struct RowMerger {
  private let batch: StagedBatch
  private let isSource: [Bool]
  private let nowSeconds: UInt32
  /// What each file of the batch changed so far.
  private(set) var counts: [FileCounts]
  /// The row that ``merge(_:changes:files:)`` made.
  private(set) var row: [Membership] = []

  /// - Parameter isSource: for each segment number whether it is the source's.
  init(_ batch: StagedBatch, isSource: [Bool], nowSeconds: UInt32) {
    self.batch = batch
    self.isSource = isSource
    self.nowSeconds = nowSeconds
    counts = batch.fileStarts.map { _ in FileCounts() }
  }

  /// Makes the row of a user that the batch names; true when it differs from the old one.
  ///
  /// - Complexity: O(n log n) in the changes.
  mutating func merge(
    _ old: [Membership], changes: inout [OrderedChange], files: [Int]
  ) -> Bool {
    changes.sort {
      $0.change.segment != $1.change.segment
        ? $0.change.segment < $1.change.segment : $0.sequence < $1.sequence
    }
    row.removeAll(keepingCapacity: true)
    let lastFile = files.max() ?? 0
    var place = 0
    var hadLive = false
    for membership in old {
      place = applyChanges(changes, from: place, before: membership.segment)
      hadLive = hadLive || membership.isLive(at: nowSeconds)
      place = apply(changes, at: place, to: membership, file: lastFile)
    }
    _ = applyChanges(changes, from: place, before: nil)
    for file in files { counts[file].usersTouched += 1 }
    if !hadLive && !row.isEmpty { counts[files.min() ?? 0].usersNew += 1 }
    return row != old
  }

  /// Makes the row of a user whom a batch that replaces all does not name.
  mutating func mergeAbsent(_ old: [Membership]) -> Bool {
    row.removeAll(keepingCapacity: true)
    var removed = 0
    for membership in old {
      if belongsToSource(membership.segment) {
        if membership.isLive(at: nowSeconds) { removed += 1 }
      } else if membership.isLive(at: nowSeconds) {
        row.append(membership)
      }
    }
    if let last = counts.indices.last { counts[last].removed += removed }
    return row != old
  }

  private func belongsToSource(_ segment: SegmentID) -> Bool {
    Int(segment.rawValue) < isSource.count && isSource[Int(segment.rawValue)]
  }

  /// Applies the changes of segments below one, none of which the user was in.
  private mutating func applyChanges(
    _ changes: [OrderedChange], from start: Int, before limit: SegmentID?
  ) -> Int {
    var place = start
    while place < changes.count {
      let segment = changes[place].change.segment
      if let limit, segment >= limit { break }
      let final = lastChange(changes, from: place)
      place = final + 1
      add(changes[final], wasLive: false)
    }
    return place
  }

  /// Applies the changes of a segment that the user's row has.
  private mutating func apply(
    _ changes: [OrderedChange], at start: Int, to membership: Membership, file: Int
  ) -> Int {
    let isLive = membership.isLive(at: nowSeconds)
    guard start < changes.count, changes[start].change.segment == membership.segment else {
      if batch.mode != .changes && belongsToSource(membership.segment) {
        if isLive { counts[file].removed += 1 }
      } else if isLive {
        row.append(membership)
      }
      return start
    }
    let final = lastChange(changes, from: start)
    add(changes[final], wasLive: isLive)
    return final + 1
  }

  private func lastChange(_ changes: [OrderedChange], from start: Int) -> Int {
    var last = start
    let segment = changes[start].change.segment
    while last + 1 < changes.count, changes[last + 1].change.segment == segment { last += 1 }
    return last
  }

  private mutating func add(_ ordered: OrderedChange, wasLive: Bool) {
    let change = ordered.change
    let file = batch.file(of: ordered.sequence)
    if change.isRemoval {
      if wasLive { counts[file].removed += 1 }
      return
    }
    let membership = Membership(
      segment: change.segment, expirySeconds: change.expirySeconds)
    guard membership.isLive(at: nowSeconds) else {
      counts[file].expired += 1
      if wasLive { counts[file].removed += 1 }
      return
    }
    if !wasLive { counts[file].added += 1 }
    row.append(membership)
  }
}
