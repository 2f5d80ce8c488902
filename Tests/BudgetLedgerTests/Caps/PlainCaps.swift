import AuctionTypes
import BudgetLedger

/// Caps as one would write them down: the time of every impression.
struct PlainCaps {
  /// What is counted apart from everything else.
  struct Scope: Hashable {
    var account: AccountID
    var user: UInt64
    var periodSeconds: UInt32
  }

  private var times: [Scope: [Int64]] = [:]

  mutating func add(_ scope: Scope, at time: WallTime) {
    times[scope, default: []].append(time.milliseconds)
  }

  mutating func remove(_ scope: Scope, at time: WallTime) {
    guard let index = times[scope]?.firstIndex(of: time.milliseconds) else { return }
    times[scope]?.remove(at: index)
  }

  /// Impressions no longer ago than a span of milliseconds.
  func count(_ scope: Scope, at time: WallTime, within span: Int64) -> Int {
    (times[scope] ?? []).count { $0 > time.milliseconds - span }
  }
}
