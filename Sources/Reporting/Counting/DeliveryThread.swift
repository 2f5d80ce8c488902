import AuctionTypes
import Dispatch
import LinuxIO
import Synchronization

/// Runs a ``DeliveryFollower`` behind everything else.
package final class DeliveryThread: Sendable {
  private let shared: Shared
  private let thread: LinuxIO.Thread

  private final class Shared: Sendable {
    let isStopping = Atomic(false)
    let ended = DispatchSemaphore(value: 0)
    let wake: EventSignal

    init() throws(Errno) { wake = try EventSignal() }
  }

  /// Starts the thread.
  ///
  /// Throws SQLite's errors, or `Errno` where there is no thread to be had.
  package init(_ parts: DeliveryFollower.Parts) throws {
    let shared = try Shared()
    // What does not open now would not open there.
    _ = try DeliveryFollower.known(in: parts.database)
    thread = try LinuxIO.Thread(name: "nod-reports", priority: .background) {
      Self.run(parts, shared)
      shared.ended.signal()
    }
    self.shared = shared
  }

  /// Ends it after the step under way, or gives up waiting for that: a transaction is there as a
  /// whole or not at all, and the next start goes on with what is missing.
  package func stop(waitMilliseconds: Int) {
    shared.isStopping.store(true, ordering: .releasing)
    shared.wake.signal()
    guard shared.ended.wait(timeout: .now() + .milliseconds(waitMilliseconds)) == .success else {
      return
    }
    thread.join()
  }

  private static var now: WallTime { WallTime(milliseconds: Clock.realtimeMilliseconds()) }

  private static func run(_ parts: DeliveryFollower.Parts, _ shared: Shared) {
    do {
      var poller = try Poller(capacity: 1)
      try poller.add(shared.wake.descriptor, token: 0)
      var follower = try DeliveryFollower(parts)
      while !shared.isStopping.load(ordering: .acquiring) {
        let hasMore = follower.step(now: now, monotonic: Clock.monotonicNanoseconds())
        _ = poller.wait(timeoutMilliseconds: hasMore ? 0 : ReportLimits.pollMilliseconds)
      }
      follower.finish(now: now)
    } catch {
      parts.status.update { $0.failures += 1 }
      parts.log("reports stand still until the next start: \(error)")
    }
  }
}
