import AuctionTypes

/// Bid requests that a line item matched: its targeting accepted them.
package struct MatchedCount: Sendable, Equatable {
  package var account: AccountID
  /// The day of the campaign's time zone at the moment.
  package var day: LocalDay
  /// Since the process started.
  package var requests: UInt64

  package init(account: AccountID, day: LocalDay, requests: UInt64) {
    self.account = account
    self.day = day
    self.requests = requests
  }
}

/// What counters have grown by since the last look.
struct MatchedGrowth {
  private var last: [AccountID: UInt64] = [:]

  /// The growth of each counter, and remembers it.
  mutating func take(_ counts: [MatchedCount]) -> [MatchedCount] {
    counts.compactMap { count in
      let before = last[count.account] ?? 0
      guard count.requests > before else { return nil }
      last[count.account] = count.requests
      var grown = count
      grown.requests -= before
      return grown
    }
  }
}
