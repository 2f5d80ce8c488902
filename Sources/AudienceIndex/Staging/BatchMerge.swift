/// Merges a batch with what is known, user by user in the order of keys, and writes the rows that
/// change.
struct BatchMerge {
  private var staged: StagedCursor
  private var state: StateCursor
  private var merger: RowMerger
  private let isReplacingAll: Bool
  private var old: [Membership] = []
  private var changes: [OrderedChange] = []
  private var files: [Int] = []
  /// How many more users have memberships than before.
  private(set) var userDifference = 0
  /// How many more memberships there are than before.
  private(set) var membershipDifference = 0

  /// What each file of the batch changed.
  var counts: [FileCounts] { merger.counts }

  /// - Parameter layers: what is known, newest first.
  init(
    _ batch: StagedBatch, layers: [SharedLayer], isSource: [Bool], nowSeconds: UInt32
  ) {
    staged = StagedCursor(batch)
    state = StateCursor(layers)
    merger = RowMerger(batch, isSource: isSource, nowSeconds: nowSeconds)
    isReplacingAll = batch.mode == .replaceAll
  }

  /// - Complexity: O(lines × log runs); with ``StageMode/replaceAll`` all users are read.
  mutating func run(into builder: inout LayerBuilder) throws {
    while let user = staged.key {
      if isReplacingAll { try runAbsent(before: user, &builder) }
      state.seek(user)
      let isKnown = state.read(user, into: &old)
      staged.read(into: &changes, files: &files)
      let isChanged = merger.merge(old, changes: &changes, files: files)
      if isChanged { try write(user, &builder) }
      if isKnown { state.advance(past: user) }
    }
    if isReplacingAll { try runAbsent(before: nil, &builder) }
  }

  /// Takes the source's segments from the users before a key, whom the batch does not name.
  private mutating func runAbsent(
    before limit: UserKey?, _ builder: inout LayerBuilder
  ) throws {
    while let user = state.key {
      if let limit, user >= limit { return }
      _ = state.read(user, into: &old)
      if merger.mergeAbsent(old) { try write(user, &builder) }
      state.advance(past: user)
    }
  }

  private mutating func write(_ user: UserKey, _ builder: inout LayerBuilder) throws {
    try builder.append(user, merger.row)
    membershipDifference += merger.row.count - old.count
    userDifference += (merger.row.isEmpty ? 0 : 1) - (old.isEmpty ? 0 : 1)
  }
}
