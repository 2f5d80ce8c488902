import FixedMemory

/// The buckets of one slot. Each changes by compare-and-swap alone; a thread that comes late into a
/// slot that was taken for another key adds to that one's count, which errs towards fewer
/// impressions.
extension CapTable {
  /// The impressions that count at a time.
  func impressions(in slot: CapSlot, at moment: CapMoment) -> Int {
    var sum = 0
    for position in 0..<Self.bucketCount {
      sum += bucket(slot, position).counted(at: moment.number)
    }
    return sum
  }

  /// Whether a slot holds no impression, of whatever time.
  func isIdle(_ slot: CapSlot) -> Bool {
    for position in 0..<Self.bucketCount where !bucket(slot, position).isEmpty { return false }
    return true
  }

  /// Adds a tentative impression, and returns the number of the bucket it counts in: a newer one
  /// where the clock was set back.
  func addTentative(to slot: CapSlot, at moment: CapMoment) -> UInt32 {
    while true {
      let old = bucket(slot, moment.position)
      let isCurrent = old.age(at: moment.number) <= 0 && old.counted(at: moment.number) > 0
      let base = isCurrent ? old : CapBucket(number: moment.number, booked: 0, tentative: 0)
      if change(slot, moment.position, from: old, to: base.withTentative) { return base.number }
    }
  }

  /// Takes a tentative impression out of a bucket that is still there.
  func removeTentative(from slot: CapSlot, at position: Int, of number: UInt32) {
    while true {
      let old = bucket(slot, position)
      guard old.number == number, let new = old.withoutTentative else { return }
      if change(slot, position, from: old, to: new) { return }
    }
  }

  /// Adds a booked impression, in the place of a tentative one if there is one; nothing when the
  /// place is a newer bucket's, since it is forgotten then.
  func addBooking(to slot: CapSlot, at moment: CapMoment, wasReserved: Bool) {
    while true {
      let old = bucket(slot, moment.position)
      let age = old.age(at: moment.number)
      if age < 0 && old.counted(at: moment.number) > 0 { return }
      let base =
        age == 0 ? old : CapBucket(number: moment.number, booked: 0, tentative: 0)
      let rest = wasReserved ? base.withoutTentative ?? base : base
      if change(slot, moment.position, from: old, to: rest.withBooking) { return }
    }
  }

  private func bucket(_ slot: CapSlot, _ position: Int) -> CapBucket {
    CapBucket(word: words.load(slot.row + position, ordering: .sequentiallyConsistent))
  }

  private func change(
    _ slot: CapSlot, _ position: Int, from old: CapBucket, to new: CapBucket
  ) -> Bool {
    words.exchangeInTotalOrder(old.word, for: new.word, at: slot.row + position)
  }
}
