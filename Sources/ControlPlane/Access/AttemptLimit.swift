/// How often somebody may try something: a token bucket each, kept as the moment at which it will
/// be full again.
struct AttemptLimit {
  /// Attempts in a row.
  private let burst: Int64
  /// Milliseconds until there may be one more.
  private let interval: Int64
  /// By name: when all attempts are forgotten, in milliseconds.
  private var forgottenAt: [String: Int64] = [:]
  private var sweptAt = Int64.min

  init(burst: Int64, interval: Int64) {
    self.burst = burst
    self.interval = interval
  }

  /// Wrong keys of an address.
  static var failures: AttemptLimit {
    AttemptLimit(burst: ControlLimits.failures, interval: ControlLimits.failureMilliseconds)
  }

  /// Sign-ins of a key.
  static var signIns: AttemptLimit {
    AttemptLimit(burst: ControlLimits.signIns, interval: ControlLimits.signInMilliseconds)
  }

  /// How long somebody has to wait for the next attempt; nil while there may be one.
  func secondsToWait(_ name: String, now: Int64) -> Int? {
    let ahead = (forgottenAt[bucket(of: name)] ?? now) - now
    let excess = ahead - (burst - 1) * interval
    return excess > 0 ? Int((excess + 999) / 1_000) : nil
  }

  /// Counts an attempt.
  ///
  /// - Complexity: O(1), and O(names) once a second at most.
  mutating func note(_ name: String, now: Int64) {
    if forgottenAt.count >= ControlLimits.attemptNames, now &- sweptAt >= 1_000 {
      sweptAt = now
      forgottenAt = forgottenAt.filter { $0.value > now }
    }
    let bucket = bucket(of: name)
    forgottenAt[bucket] = max(forgottenAt[bucket] ?? now, now) + interval
  }

  /// Counts an attempt if there may be one; otherwise says how long to wait.
  mutating func attempt(_ name: String, now: Int64) -> Int? {
    let wait = secondsToWait(name, now: now)
    if wait == nil { note(name, now: now) }
    return wait
  }

  /// Names that the table has no room for share a bucket.
  private func bucket(of name: String) -> String {
    let isKnown = forgottenAt[name] != nil
    return isKnown || forgottenAt.count < ControlLimits.attemptNames ? name : ""
  }
}
