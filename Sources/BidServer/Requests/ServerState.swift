import Synchronization

/// What the workers are told, and read without a lock.
final class ServerState: Sendable {
  private let ready = Atomic<Bool>(false)
  private let draining = Atomic<Bool>(false)

  /// Whether bids are wanted: what `/readyz` says.
  var isReady: Bool { ready.load(ordering: .relaxed) && !isDraining }
  /// Whether the server is ending.
  var isDraining: Bool { draining.load(ordering: .relaxed) }

  func setReady(_ isReady: Bool) { ready.store(isReady, ordering: .relaxed) }
  func drain() { draining.store(true, ordering: .relaxed) }
}
