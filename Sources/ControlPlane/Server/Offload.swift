import Foundation

/// Threads for work that blocks, such as waiting for the disk, so that it holds up no other
/// request.
enum Offload {
  private static let queue: OperationQueue = {
    let queue = OperationQueue()
    queue.name = "nod.control.blocking"
    queue.qualityOfService = .utility
    queue.maxConcurrentOperationCount = ControlLimits.offloaded
    return queue
  }()

  /// Runs blocking work beside Swift's concurrency pool; it waits while too much of it runs.
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.addOperation { continuation.resume(with: Result(catching: work)) }
    }
  }
}
