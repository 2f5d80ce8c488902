import LinuxIO
import Synchronization

/// Work that must not take the processor from bids.
enum Behind {
  /// Runs it on a thread that stands behind those that serve bids, and waits for it. Threads that
  /// are started meanwhile, such as those of pools, inherit that.
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) throws -> Value {
    let outcome = Outcome<Value>()
    let thread = try LinuxIO.Thread(name: "nod-control", priority: .background) {
      let result = Result { try work() }
      outcome.result.withLock { $0 = result }
    }
    thread.join()
    guard let result = outcome.result.withLock({ $0 }) else {
      preconditionFailure("the thread has ended without a result")
    }
    return try result.get()
  }

  private final class Outcome<Value: Sendable>: Sendable {
    let result = Mutex<Result<Value, any Error>?>(nil)
  }
}
