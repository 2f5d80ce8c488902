import Synchronization

/// Moments of sending that threads collect.
final class SentTimes: Sendable {
  private let times = Mutex<[Double]>([])

  /// All of them.
  var all: [Double] { times.withLock { $0 } }

  func add(_ more: [Double]) { times.withLock { $0 += more } }
}
