import FixedMemory

/// Finding slots and taking them.
///
/// A key is even; with its lowest bit set it is announced, not yet there. Who takes a slot first
/// marks its use as taken, which nobody else touches then, announces the key, clears the buckets,
/// and looks whether another slot of the set has or announces the same key: if so it withdraws, and
/// otherwise the key is there. All of this is in one total order, so two threads cannot both miss
/// each other, and a key is never in two slots.
extension CapTable {
  /// What is known of a key.
  enum Finding {
    case found(CapSlot)
    /// Another thread is about to put it there.
    case beingFilled
    case missing
  }

  private static let announced: UInt64 = 1

  /// Looks for a key in its set.
  func find(_ key: UInt64) -> Finding {
    let base = setBase(of: key)
    var finding = Finding.missing
    for way in 0..<CapSlot.ways {
      let word = words.load(base + way, ordering: .acquiring)
      if word == key { return .found(CapSlot(base: base, way: way)) }
      if word == key | Self.announced { finding = .beingFilled }
    }
    return finding
  }

  /// Whether a slot is still a key's, and nobody is taking it.
  func holds(_ slot: CapSlot, _ key: UInt64) -> Bool {
    words.load(slot.key, ordering: .sequentiallyConsistent) == key
      && words.load(slot.use, ordering: .sequentiallyConsistent) != CapUse.taken.word
  }

  /// Notes a use; false when the slot is being taken for another key.
  func touch(_ slot: CapSlot, at moment: CapMoment) -> Bool {
    while true {
      let old = CapUse(word: words.load(slot.use))
      guard old != .empty, old != .taken else { return false }
      let new = old.used(at: moment)
      if words.exchangeInTotalOrder(old.word, for: new.word, at: slot.use) { return true }
    }
  }

  /// Takes a slot for a key that has none: one that is empty or whose counts are all forgotten,
  /// else one without counts, else the one used longest ago. Nil when another thread interferes.
  func take(key: UInt64, now: UInt32, use: CapUse) -> CapSlot? {
    let base = setBase(of: key)
    guard let candidate = candidate(base: base, now: now) else { return nil }
    let slot = candidate.slot
    guard words.exchangeInTotalOrder(candidate.use.word, for: CapUse.taken.word, at: slot.use)
    else { return nil }
    let previous = words.load(slot.key)
    if previous == key || candidate.reason == .idle && !isIdle(slot) {
      words.store(candidate.use.word, at: slot.use)
      return nil
    }
    announce(key, in: slot, after: previous)
    if isElsewhere(key, base: base, than: slot) {
      words.store(0, at: slot.key)
      words.store(CapUse.empty.word, at: slot.use)
      return nil
    }
    if candidate.reason == .leastRecentlyUsed { figures.add(1, at: 0) }
    words.store(key, at: slot.key)
    words.store(use.word, at: slot.use)
    return slot
  }

  /// The first word of a key's set.
  func setBase(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: key.multipliedFullWidth(by: UInt64(setCount)).high)
      * CapSlot.setWords
  }

  private func announce(_ key: UInt64, in slot: CapSlot, after previous: UInt64) {
    let isOurs = words.exchangeInTotalOrder(previous, for: key | Self.announced, at: slot.key)
    precondition(isOurs, "a taken slot was changed by another thread")
    for position in 0..<Self.bucketCount { words.store(0, at: slot.row + position) }
  }

  private func isElsewhere(_ key: UInt64, base: Int, than slot: CapSlot) -> Bool {
    for way in 0..<CapSlot.ways where base + way != slot.key {
      let word = words.load(base + way, ordering: .sequentiallyConsistent)
      if word | Self.announced == key | Self.announced { return true }
    }
    return false
  }

  // MARK: Choosing

  /// Why a slot may be taken.
  private enum Reason { case empty, forgotten, idle, leastRecentlyUsed }

  private struct Candidate {
    let slot: CapSlot
    let use: CapUse
    let reason: Reason
  }

  private func candidate(base: Int, now: UInt32) -> Candidate? {
    var oldest: Candidate?
    var oldestIdle: Candidate?
    for way in 0..<CapSlot.ways {
      let slot = CapSlot(base: base, way: way)
      let use = CapUse(word: words.load(slot.use, ordering: .sequentiallyConsistent))
      if use == .taken { continue }
      if use == .empty { return Candidate(slot: slot, use: use, reason: .empty) }
      if use.expirySeconds <= now { return Candidate(slot: slot, use: use, reason: .forgotten) }
      if isIdle(slot), isOlder(use, than: oldestIdle, now: now) {
        oldestIdle = Candidate(slot: slot, use: use, reason: .idle)
      }
      if isOlder(use, than: oldest, now: now) {
        oldest = Candidate(slot: slot, use: use, reason: .leastRecentlyUsed)
      }
    }
    return oldestIdle ?? oldest
  }

  private func isOlder(_ use: CapUse, than other: Candidate?, now: UInt32) -> Bool {
    guard let other else { return true }
    return use.age(at: now) > other.use.age(at: now)
  }
}
