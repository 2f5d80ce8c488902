import Synchronization

/// Counts the answers of the control plane by the hundreds of their status.
package final class ControlTraffic: Sendable {
  private let counts: Mutex<[Int: Int]> = Mutex([:])

  package init() {}

  /// Counts an answer.
  func count(status: Int) {
    counts.withLock { $0[status / 100, default: 0] += 1 }
  }

  /// Answers by class, `2xx` to `5xx`, each named also while there is none.
  package var classes: [(statusClass: String, count: Int)] {
    let counts = counts.withLock { $0 }
    return (2...5).map { ("\($0)xx", counts[$0] ?? 0) }
  }
}
