import AuctionTypes
import BidEngine
import BudgetLedger
import Synchronization

/// The last hour of the workers' counters, minute by minute: what they count goes on for ever, and
/// this remembers what it was.
package final class FunnelHistory: Sendable {
  private let counters: FunnelCounters
  private let limit: Int
  private let state: Mutex<State>
  /// Held while a minute is ended, so that readers need not wait for it.
  private let turn = Mutex(())

  private struct State {
    var base: Base
    /// The minutes before that, oldest first.
    var minutes: [FunnelMinute] = []
  }

  /// The counters as they were when the last minute ended.
  private struct Base {
    /// When that was.
    var time: Instant
    /// By outcome, then by account; empty until it occurs.
    var sums: [[UInt64]] = Array(repeating: [], count: FunnelOutcome.count)
    var unasked: [UInt64] = Array(repeating: 0, count: NoBidReason.allCases.count)
    var requests: UInt64 = 0
  }

  /// - Parameters:
  ///   - start: when the counters began.
  ///   - limit: the bytes that the minutes may take; the oldest go where they would take more.
  package init(
    _ counters: FunnelCounters, start: Instant, limit: Int = BidServerLimits.funnelBytes
  ) {
    self.counters = counters
    self.limit = limit
    state = Mutex(State(base: Base(time: start)))
  }

  /// Ends the minute if it has lasted as long; called every second or so.
  ///
  /// - Parameter accounts: how many there are.
  /// - Complexity: O(accounts × outcomes × workers), once a minute.
  package func tick(at now: Instant, accounts: Int) {
    turn.withLock { _ in
      var base = state.withLock { $0.base }
      guard now >= base.time.advanced(milliseconds: 60_000) else { return }
      let minute = end(&base, at: now, accounts: accounts)
      state.withLock { [base] state in
        state.base = base
        state.minutes.append(minute)
        forget(&state)
      }
    }
  }

  /// The minute since the base, which becomes the counters of now.
  private func end(_ base: inout Base, at now: Instant, accounts: Int) -> FunnelMinute {
    var minute = FunnelMinute(start: base.time, end: now, accounts: accounts)
    minute.requests = counters.requests - base.requests
    base.requests += minute.requests
    for reason in NoBidReason.allCases {
      let index = Int(reason.rawValue)
      minute.unasked[index] = counters.unasked(reason) - base.unasked[index]
      base.unasked[index] += minute.unasked[index]
    }
    for index in 0..<FunnelOutcome.count {
      minute.columns[index] = column(
        FunnelOutcome(index: index), accounts: accounts, &base.sums[index])
    }
    base.time = now
    return minute
  }

  /// What an outcome has gained since it was last looked at, which is what it comes to from now on.
  private func column(
    _ outcome: FunnelOutcome, accounts: Int, _ sums: inout [UInt64]
  ) -> FunnelColumn? {
    var column: FunnelColumn?
    for account in 0..<accounts {
      let sum = counters.requests(outcome, of: AccountID(rawValue: UInt32(account)))
      let before = account < sums.count ? sums[account] : 0
      guard sum != before else { continue }
      if sums.count < accounts {
        sums += Array(repeating: 0, count: accounts - sums.count)
      }
      sums[account] = sum
      column = column ?? FunnelColumn()
      column?.append(sum - before, account: UInt32(account))
    }
    return column?.trimmed()
  }

  private func forget(_ state: inout State) {
    var bytes = state.minutes.reduce(0) { $0 + $1.byteCount }
    while state.minutes.count > BidServerLimits.funnelMinutes
      || bytes > limit && !state.minutes.isEmpty
    {
      bytes -= state.minutes.removeFirst().byteCount
    }
  }

  /// What became of a line item's requests over the last minutes, and what of a minute there is
  /// before them; shorter where the counters or the line item began later.
  ///
  /// - Complexity: O(minutes × outcomes).
  package func reading(of account: AccountID, minutes: Int, at now: Instant) -> FunnelReading {
    state.withLock { state in
      // The minute may have ended since the caller looked at the clock.
      let now = max(now, state.base.time)
      let length = UInt64(minutes) * 60_000_000_000
      var reading = FunnelReading(nanoseconds: now.nanoseconds - state.base.time.nanoseconds)
      var isThere = false
      for minute in state.minutes
      where minute.end.nanoseconds + length > now.nanoseconds && account.rawValue < minute.accounts
      {
        reading.add(
          own: minute.outcomes(of: account), unasked: minute.unasked, requests: minute.requests)
        if !isThere { reading.nanoseconds = now.nanoseconds - minute.start.nanoseconds }
        isThere = true
      }
      addRunning(account, state.base, to: &reading)
      return reading
    }
  }

  /// The minute that has not ended yet.
  private func addRunning(
    _ account: AccountID, _ base: Base, to reading: inout FunnelReading
  ) {
    let own = (0..<FunnelOutcome.count).map { index in
      let sums = base.sums[index]
      let before = account.rawValue < sums.count ? sums[Int(account.rawValue)] : 0
      return counters.requests(FunnelOutcome(index: index), of: account) - before
    }
    let unasked = NoBidReason.allCases.map {
      counters.unasked($0) - base.unasked[Int($0.rawValue)]
    }
    reading.add(own: own, unasked: unasked, requests: counters.requests - base.requests)
  }
}
