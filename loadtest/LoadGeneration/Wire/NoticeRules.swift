/// Which notices are fired for bids, and when.
package struct NoticeRules: Equatable, Sendable {
  /// The share of bids that win and are billed; the others lose.
  package var winRate: Double
  /// The shortest time from the bid's last byte to its notice, in nanoseconds.
  package var shortestDelay: UInt64
  /// The longest; each is drawn evenly between them.
  package var longestDelay: UInt64
  /// What a win costs, as a share of its bid.
  package var clearingShare: Double

  /// Rules.
  package init(
    winRate: Double, shortestDelay: UInt64, longestDelay: UInt64, clearingShare: Double = 1
  ) {
    self.winRate = winRate
    self.shortestDelay = shortestDelay
    self.longestDelay = longestDelay
    self.clearingShare = clearingShare
  }
}
