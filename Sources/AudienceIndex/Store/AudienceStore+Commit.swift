import AuctionTypes
import LinuxIO

extension AudienceStore {
  /// Makes a batch part of what is known: durable when it returns, visible to views taken from
  /// then on; all of it or, when it throws, nothing.
  ///
  /// - Parameters:
  ///   - suppressing: users to be treated as unknown from now on.
  ///   - files: what to remember of the batch's files, in the order in which they were begun.
  ///   - now: memberships that end before it are not taken.
  /// - Complexity: O(lines × log lines); with ``StageMode/replaceAll`` all users are read.
  @discardableResult
  package func commit(
    _ batch: StagedBatch, suppressing: [UserKey] = [], files: [AppliedFile], now: WallTime
  ) throws -> CommitResult {
    try changing.withLock { changing in
      guard !changing.isBroken else { throw AudienceStoreError.broken }
      precondition(!options.isReadOnly, "the store was opened for reading")
      if state.withLock({ $0.layers.count }) >= Limits.maxLayers - 1 {
        try mergeLayers(now: now, all: false, &changing)
      }
      try batch.spill()
      let seconds = UInt32(clamping: now.seconds)
      var change = StoreChange(state.withLock { ($0.manifest, $0.layers, $0.suppression) })
      change.manifest.generation += 1
      var counts = try stage(batch, seconds, now, &change)
      let suppressed = try suppress(suppressing, &change)
      if batch.lineCount == 0 && !counts.isEmpty {
        counts[0].usersTouched = Set(suppressing).count
      }
      for (index, file) in files.enumerated() {
        var file = file
        file.generation = change.manifest.generation
        if index < counts.count { file.counts = counts[index] }
        change.manifest.note(file)
      }
      try apply(change, &changing)
      return CommitResult(
        generation: change.manifest.generation, counts: counts, usersSuppressed: suppressed)
    }
  }

  /// Forgets users: all their memberships of all sources.
  ///
  /// Their rows leave the disk with the next compaction.
  @discardableResult
  package func removeUsers(_ users: [UserKey], now: WallTime) throws -> CommitResult {
    let batch = try beginBatch(mode: .replaceUsers, segmentPrefix: "")
    batch.beginFile()
    for user in users { try batch.add(user, []) }
    return try commit(batch, files: [], now: now)
  }

  /// Writes the rows that a batch changes as a layer under a temporary name.
  private func stage(
    _ batch: StagedBatch, _ seconds: UInt32, _ now: WallTime, _ change: inout StoreChange
  ) throws -> [FileCounts] {
    let names = registry.names(from: 0)
    let isSource = names.map { $0.hasPrefix(batch.segmentPrefix) }
    var merge = BatchMerge(
      batch, layers: change.layers, isSource: isSource, nowSeconds: seconds)
    let name = change.nameFile("nodx")
    let layerOptions = LayerOptions(
      hashKey: hashKey, spaces: options.spaces, generation: change.manifest.generation,
      createdSeconds: now.seconds, holdsKeys: !change.layers.isEmpty,
      fingerprintMask: options.fingerprintMask)
    let temporary = directory.path(of: "\(name).tmp")
    do {
      var builder = try LayerBuilder(path: temporary, options: layerOptions)
      try merge.run(into: &builder)
      guard builder.userCount > 0 else {
        try directory.remove("\(name).tmp")
        return merge.counts
      }
      _ = try builder.finish { names[Int($0.rawValue)] }
      let layer = SharedLayer(
        try AudienceLayer(MappedFile(path: temporary), verifying: false).preparedForLookups(),
        name: name)
      change.add(layer)
      change.manifest.userCount += merge.userDifference
      change.manifest.membershipCount += merge.membershipDifference
      try options.onStep(.layerWritten)
    } catch {
      _ = try? directory.remove("\(name).tmp")
      throw error
    }
    return merge.counts
  }

  /// Writes the suppressed users with new ones as a table under a temporary name.
  private func suppress(_ users: [UserKey], _ change: inout StoreChange) throws -> Int {
    let known = change.suppression
    let added = Set(users).filter { !known.table.contains($0) }
    guard !added.isEmpty else { return 0 }
    let name = change.nameFile("nods")
    let temporary = directory.path(of: "\(name).tmp")
    do {
      try SuppressionTable.write(known.table.users + added, to: temporary)
      change.replaceSuppression(
        SharedSuppression(try SuppressionTable(MappedFile(path: temporary))), name: name)
      try options.onStep(.suppressionWritten)
    } catch {
      change.discard(in: directory)
      throw error
    }
    return added.count
  }
}
