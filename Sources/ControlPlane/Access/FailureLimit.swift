/// How often an address may come with a wrong key: a token bucket each, kept as the moment at which
/// it will be full again.
struct FailureLimit {
  /// By address: when all its failures are forgotten, in milliseconds.
  private var forgottenAt: [String: Int64] = [:]
  private var sweptAt = Int64.min

  /// How long an address has to wait for its next try; nil while it may try.
  func secondsToWait(_ client: String, now: Int64) -> Int? {
    let ahead = (forgottenAt[bucket(of: client)] ?? now) - now
    let excess = ahead - (ControlLimits.failures - 1) * ControlLimits.failureMilliseconds
    return excess > 0 ? Int((excess + 999) / 1_000) : nil
  }

  /// Counts a failure.
  ///
  /// - Complexity: O(1), and O(addresses) once a second at most.
  mutating func note(_ client: String, now: Int64) {
    if forgottenAt.count >= ControlLimits.failureAddresses, now &- sweptAt >= 1_000 {
      sweptAt = now
      forgottenAt = forgottenAt.filter { $0.value > now }
    }
    let bucket = bucket(of: client)
    forgottenAt[bucket] = max(forgottenAt[bucket] ?? now, now) + ControlLimits.failureMilliseconds
  }

  /// Addresses that the table has no room for share a bucket.
  private func bucket(of client: String) -> String {
    let isKnown = forgottenAt[client] != nil
    return isKnown || forgottenAt.count < ControlLimits.failureAddresses ? client : ""
  }
}
