import AuctionTypes
import FixedMemory

/// How often each user was shown what: the counts behind frequency caps.
///
/// Lock-free memory of a fixed number of slots, one for each user under each cap; 136 bytes a slot,
/// taken page by page as slots are first used. Workers reserve, the ledger thread books and gives
/// back. What is not certain counts: a cap may hold longer, by a fourteenth of its period at most,
/// but never shorter. The exception is a set of slots that is full of live counts: the one used
/// longest ago is pushed out, and ``evictions`` tells how often.
///
/// A set is 8 slots: a cache line of their keys, then for each slot 15 buckets and a ``CapUse``.
@usableFromInline
package final class CapTable: Sendable {
  /// Buckets of a slot: 14 make a period.
  static let bucketCount = 15
  let words: AtomicArray
  /// Cell 0: slots pushed out. Cell 1: the second of the last reservation.
  let figures = AtomicArray(count: 2, padded: true)
  let setCount: Int

  /// An empty table.
  ///
  /// - Precondition: the number of slots is a power of two, at least 8.
  package init(slots: Int = LedgerLimits.capSlots) {
    precondition(slots >= CapSlot.ways && slots & (slots - 1) == 0)
    setCount = slots / CapSlot.ways
    words = AtomicArray(count: setCount * CapSlot.setWords)
  }

  /// Counts that were lost before their time, since their set was full.
  package var evictions: UInt64 { figures.load(0) }

  /// Whether a user may be shown one impression more: booked and tentative ones of the last period
  /// are fewer than the cap. Without a user, whether the rule lets such pass.
  ///
  /// - Complexity: O(1): three cache lines and a bit.
  package func allows(_ rule: CapRule, account: AccountID, user: UInt64, at time: WallTime) -> Bool
  {
    guard user != 0 else { return rule.allowsUnidentified }
    let moment = CapMoment(rule, account: account, user: user, at: time)
    guard case .found(let slot) = find(moment.key) else { return rule.impressions > 0 }
    return impressions(in: slot, at: moment) < Int(rule.impressions)
  }

  /// Counts a tentative impression; false, and nothing is counted, when the cap is reached.
  ///
  /// Threads that reserve the last one at the same moment may all be refused, but never get two.
  ///
  /// - Complexity: O(1); at most ``LedgerLimits/capTries`` attempts.
  package func reserve(
    _ rule: CapRule, account: AccountID, user: UInt64, at time: WallTime
  ) -> Bool {
    guard user != 0 else { return rule.allowsUnidentified }
    guard rule.impressions > 0 else { return false }
    let moment = CapMoment(rule, account: account, user: user, at: time)
    if figures.load(1) != UInt64(moment.seconds) { figures.store(UInt64(moment.seconds), at: 1) }
    for _ in 0..<LedgerLimits.capTries {
      guard let slot = slot(for: moment, now: moment.seconds) else { continue }
      if impressions(in: slot, at: moment) >= Int(rule.impressions) { return false }
      guard touch(slot, at: moment) else { continue }
      let number = addTentative(to: slot, at: moment)
      guard holds(slot, moment.key) else { continue }
      if impressions(in: slot, at: moment) <= Int(rule.impressions) { return true }
      removeTentative(from: slot, at: moment.position, of: number)
      return false
    }
    return false
  }

  /// Takes a tentative impression back: its bid was lost, or waited too long.
  ///
  /// - Parameter time: when the bid was made.
  package func release(
    _ rule: CapRule, account: AccountID, user: UInt64, madeAt time: WallTime
  ) {
    guard user != 0 else { return }
    let moment = CapMoment(rule, account: account, user: user, at: time)
    guard case .found(let slot) = find(moment.key) else { return }
    removeTentative(from: slot, at: moment.position, of: moment.number)
  }

  /// Counts an impression for good, from the time of its bid on.
  ///
  /// - Parameters:
  ///   - time: when the bid was made.
  ///   - wasReserved: whether a tentative one becomes it; where none is left, it counts all the
  ///     same.
  /// - Complexity: O(1); at most ``LedgerLimits/capBookingTries`` attempts.
  package func book(
    _ rule: CapRule, account: AccountID, user: UInt64, madeAt time: WallTime, wasReserved: Bool
  ) {
    guard user != 0 else { return }
    let moment = CapMoment(rule, account: account, user: user, at: time)
    let now = max(moment.seconds, UInt32(truncatingIfNeeded: figures.load(1)))
    guard moment.expirySeconds > now else { return }
    for _ in 0..<LedgerLimits.capBookingTries {
      guard let slot = slot(for: moment, now: now), touch(slot, at: moment) else { continue }
      addBooking(to: slot, at: moment, wasReserved: wasReserved)
      if holds(slot, moment.key) { return }
    }
    figures.add(1, at: 0)
  }

  /// The slot of a key, taken where it has none; nil when another thread is at it.
  private func slot(for moment: CapMoment, now: UInt32) -> CapSlot? {
    switch find(moment.key) {
    case .found(let slot): slot
    case .beingFilled: nil
    case .missing:
      take(
        key: moment.key, now: now,
        use: CapUse(seconds: moment.seconds, expirySeconds: moment.expirySeconds))
    }
  }
}
