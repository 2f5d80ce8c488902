import AuctionTypes
import LinuxIO

/// The work that is done beside the changes: merging layers and dropping what has ended.
extension AudienceStore {
  /// Does what is due: drops memberships that ended, merges layers that have become many. Returns
  /// whether anything changed.
  ///
  /// Meant to be called about once a second, from a thread of low priority; changes wait for it,
  /// bids do not. Ended memberships of a store that is rewritten quickly go within seconds;
  /// rewriting takes at most a fiftieth of the time otherwise, and is tried at least every hour.
  package func maintain(now: WallTime) throws -> Bool {
    try changing.withLock { changing in
      guard !changing.isBroken else { throw AudienceStoreError.broken }
      let layers = state.withLock { $0.layers }
      guard let plan = Self.plan(layers, now, isExpiryDue: now.milliseconds >= changing.nextExpiry)
      else { return false }
      let started = ContinuousClock.now
      try mergeLayers(now: now, all: plan == .all, &changing)
      if plan == .all {
        let pause = min(3_600_000, max(1000, Self.milliseconds(since: started) * 50))
        changing.nextExpiry = now.milliseconds + pause
      }
      return true
    }
  }

  /// Merges all layers into one now and drops what has ended.
  package func compact(now: WallTime) throws {
    try changing.withLock { changing in
      guard !changing.isBroken else { throw AudienceStoreError.broken }
      try mergeLayers(now: now, all: true, &changing)
    }
  }

  enum Plan: Equatable {
    /// All layers into a new base.
    case all
    /// The layers over the base into one.
    case upper
  }

  /// What is to be merged, if anything.
  static func plan(_ layers: [SharedLayer], _ now: WallTime, isExpiryDue: Bool) -> Plan? {
    guard let base = layers.last else { return nil }
    let seconds = UInt32(clamping: now.seconds)
    let hasEnded = layers.contains {
      let expiry = $0.layer.header.earliestExpiry
      return expiry != 0 && expiry <= seconds
    }
    if hasEnded && isExpiryDue { return .all }
    let upper = layers.dropLast()
    let rows = upper.reduce(0) { $0 + $1.layer.header.userCount }
    if rows * 4 > base.layer.header.userCount { return .all }
    return upper.count > Limits.upperLayers ? .upper : nil
  }

  private static func milliseconds(since start: ContinuousClock.Instant) -> Int64 {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }

  /// Writes one layer in the place of all, or of all but the oldest.
  func mergeLayers(now: WallTime, all: Bool, _ changing: inout Changing) throws {
    var change = StoreChange(state.withLock { ($0.manifest, $0.layers, $0.suppression) })
    let count = all ? change.layers.count : change.layers.count - 1
    guard count > 0 else { return }
    change.manifest.generation += 1
    let name = change.nameFile("nodx")
    var merge = LayerMerge(
      Array(change.layers.prefix(count)), nowSeconds: UInt32(clamping: now.seconds),
      keepsEmpty: !all)
    do {
      let written = try write(&merge, name, holdsKeys: !all, change.manifest.generation, now)
      let layer = written.map {
        SharedLayer($0.layer.shared().preparedForLookups(), name: $0.name)
      }
      change.replaceLayers(count, with: layer)
      change.manifest.userCount -= merge.usersDropped
      change.manifest.membershipCount -= merge.membershipsDropped
      try options.onStep(.layerWritten)
    } catch {
      _ = try? directory.remove("\(name).tmp")
      throw error
    }
    try apply(change, &changing)
  }

  /// Writes merged rows as a layer under a temporary name; nil when there are none.
  private func write(
    _ merge: inout LayerMerge, _ name: String, holdsKeys: Bool, _ generation: UInt64,
    _ now: WallTime
  ) throws -> SharedLayer? {
    let temporary = directory.path(of: "\(name).tmp")
    let layerOptions = LayerOptions(
      hashKey: hashKey, spaces: options.spaces, generation: generation,
      createdSeconds: now.seconds, holdsKeys: holdsKeys,
      fingerprintMask: options.fingerprintMask)
    var builder = try LayerBuilder(path: temporary, options: layerOptions)
    try merge.run(into: &builder)
    guard builder.userCount > 0 else {
      try directory.remove("\(name).tmp")
      return nil
    }
    let names = registry.names(from: 0)
    _ = try builder.finish { names[Int($0.rawValue)] }
    return SharedLayer(
      try AudienceLayer(MappedFile(path: temporary), verifying: false), name: name)
  }

  /// Writes all that is known as one file that can be read alone, in the place of what was there.
  ///
  /// - Complexity: O(bytes).
  package func exportSnapshot(to path: String, now: WallTime) throws {
    let (layers, generation) = state.withLock { ($0.layers, $0.manifest.generation) }
    let temporary = "\(path).tmp"
    let target = Directory.parent(of: path)
    try target.directory.remove("\(target.name).tmp")
    var merge = LayerMerge(
      layers, nowSeconds: UInt32(clamping: now.seconds), keepsEmpty: false)
    let layerOptions = LayerOptions(
      hashKey: hashKey, spaces: options.spaces, generation: generation,
      createdSeconds: now.seconds, holdsKeys: false, fingerprintMask: options.fingerprintMask)
    do {
      var builder = try LayerBuilder(path: temporary, options: layerOptions)
      try merge.run(into: &builder)
      let names = registry.names(from: 0)
      _ = try builder.finish { names[Int($0.rawValue)] }
      try Directory.move(temporary, to: path)
      try target.directory.sync()
    } catch {
      _ = try? target.directory.remove("\(target.name).tmp")
      throw error
    }
  }
}
