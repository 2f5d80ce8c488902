import Dispatch

/// Threads for work that blocks, such as waiting for the disk, so that it holds up no request.
enum Offload {
  private static let queue = DispatchQueue(
    label: "nod.control.blocking", qos: .utility, attributes: .concurrent)

  /// Runs blocking work beside Swift's concurrency pool.
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: work)) }
    }
  }
}
