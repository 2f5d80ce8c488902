import AuctionTypes
import FixedMemory

/// The escrow of every line item: what workers may bid with, without asking the ledger.
///
/// A cell is one word, the day in the upper 16 bits and the amount in nano-units in the lower 48;
/// workers take from it by compare-and-swap, the ledger thread alone fills it. Escrow is of one
/// day: a bid of another takes nothing.
@usableFromInline
package final class EscrowCells: Sendable {
  private let words: AtomicArray
  /// Below this much the ledger is told that a cell runs low.
  private let lowMarks: AtomicArray
  /// The bid that a cell did not suffice for, until the ledger has looked.
  private let shortfalls: AtomicArray
  private let states: AtomicArray
  /// A bit for each cell that the ledger should look at.
  private let attention: AtomicArray
  /// Not zero while nothing may be taken: bit 0 for good, bit 1 while the reservations are many.
  private let closed = AtomicArray(count: 1)
  /// How many accounts there can be.
  package let count: Int

  /// Why an account's cell may be empty.
  package enum State: UInt8, Sendable {
    /// Nothing stands in the way of the next grant.
    case open
    /// The budget is spent, or the account is paused or unknown.
    case exhausted
    /// The pace of the day or flight is reached.
    case paced
  }

  private static let amountMask: UInt64 = 1 << 48 - 1

  /// Empty cells.
  ///
  /// - Parameter accounts: how many accounts there can be.
  package init(accounts: Int = LedgerLimits.accounts) {
    count = accounts
    words = AtomicArray(count: accounts)
    lowMarks = AtomicArray(count: accounts)
    shortfalls = AtomicArray(count: accounts)
    states = AtomicArray(count: accounts)
    attention = AtomicArray(count: (accounts + 63) / 64)
  }

  // MARK: Workers

  /// Whether a bid could be taken now.
  package func covers(_ amount: Money, account: AccountID, day: LocalDay) -> Bool {
    Self.rest(of: words.load(Int(account.rawValue)), after: amount, on: day) != nil && !isClosed
  }

  /// Takes a bid's amount from an account; false, and nothing changes, when it does not suffice.
  package func take(_ amount: Money, account: AccountID, day: LocalDay) -> Bool {
    let index = Int(account.rawValue)
    if isClosed { return false }
    while true {
      let word = words.load(index)
      guard let rest = Self.rest(of: word, after: amount, on: day) else { return false }
      guard words.exchange(word, for: rest, at: index) else { continue }
      if rest & Self.amountMask < lowMarks.load(index) { callAttention(to: index) }
      return true
    }
  }

  /// Says that a cell did not suffice for a bid, so that the ledger looks at it.
  package func report(shortfall amount: Money, account: AccountID) {
    let index = Int(account.rawValue)
    shortfalls.store(UInt64(amount.nanos), at: index)
    callAttention(to: index)
  }

  /// Why an account's cell is empty.
  package func state(of account: AccountID) -> State {
    State(rawValue: UInt8(truncatingIfNeeded: states.load(Int(account.rawValue)))) ?? .exhausted
  }

  /// Whether the journal failed: nothing is given out any more.
  package var isStopped: Bool { closed.load(0) & 1 != 0 }

  /// Whether so many bids wait for their notice that no more may be made: they are shed.
  package var isFull: Bool { closed.load(0) & 2 != 0 }

  // MARK: Workers and the ledger

  /// Gives an amount back to the day it was taken on; false when the cell is of another day, or
  /// would hold more than ``LedgerLimits/escrowNanos``.
  package func give(_ amount: Money, account: AccountID, day: LocalDay) -> Bool {
    let index = Int(account.rawValue)
    while true {
      let word = words.load(index)
      let sum = word & Self.amountMask + UInt64(amount.nanos)
      guard word >> 48 == UInt64(day.rawValue), sum <= UInt64(LedgerLimits.escrowNanos) else {
        return false
      }
      if words.exchange(word, for: UInt64(day.rawValue) << 48 | sum, at: index) { return true }
    }
  }

  // MARK: The ledger

  /// What a cell holds, of its day.
  package func amount(of account: AccountID) -> Money {
    Money(nanos: Int64(words.load(Int(account.rawValue)) & Self.amountMask))
  }

  /// The day of a cell's escrow.
  package func day(of account: AccountID) -> LocalDay {
    LocalDay(rawValue: UInt16(words.load(Int(account.rawValue)) >> 48))
  }

  /// Empties a cell, gives it a day, and returns what it held.
  package func reset(_ account: AccountID, to day: LocalDay) -> Money {
    let old = words.swap(UInt64(day.rawValue) << 48, at: Int(account.rawValue))
    return Money(nanos: Int64(old & Self.amountMask))
  }

  /// Takes at most an amount out of a cell; returns how much it was.
  package func withdraw(atMost limit: Money, account: AccountID) -> Money {
    let index = Int(account.rawValue)
    while true {
      let word = words.load(index)
      let part = min(word & Self.amountMask, UInt64(max(0, limit.nanos)))
      if words.exchange(word, for: word - part, at: index) { return Money(nanos: Int64(part)) }
    }
  }

  /// Sets when a cell runs low and why it may be empty.
  package func set(_ state: State, lowMark: Money, account: AccountID) {
    states.store(UInt64(state.rawValue), at: Int(account.rawValue))
    lowMarks.store(UInt64(max(0, lowMark.nanos)), at: Int(account.rawValue))
  }

  /// The bid that a cell did not suffice for since this was last asked; zero when there was none.
  package func takeShortfall(of account: AccountID) -> Money {
    Money(nanos: Int64(shortfalls.swap(0, at: Int(account.rawValue))))
  }

  /// Groups of 64 accounts, for ``takeAttention(ofGroup:)``.
  package var groupCount: Int { attention.count }

  /// The accounts of a group that ran low since this was last asked, as bits.
  package func takeAttention(ofGroup group: Int) -> UInt64 {
    attention.load(group) == 0 ? 0 : attention.swap(0, at: group)
  }

  /// Gives nothing out from here on.
  package func stop() { closed.store(closed.load(0) | 1, at: 0) }

  /// Lets nothing be taken while the table of reservations has little room.
  package func set(isFull: Bool) {
    closed.store(closed.load(0) & 1 | (isFull ? 2 : 0), at: 0)
  }

  private var isClosed: Bool { closed.load(0) != 0 }

  private func callAttention(to index: Int) {
    let bit: UInt64 = 1 << UInt64(index & 63)
    if attention.load(index >> 6) & bit == 0 { attention.formUnion(bit, at: index >> 6) }
  }

  /// The word after an amount was taken; nil when the day is another or too little is there.
  @inline(__always)
  private static func rest(of word: UInt64, after amount: Money, on day: LocalDay) -> UInt64? {
    guard word >> 48 == UInt64(day.rawValue), amount.nanos >= 0,
      word & amountMask >= UInt64(amount.nanos)
    else { return nil }
    return word - UInt64(amount.nanos)
  }
}
