import Dispatch
import LinuxIO
import NIOCore
import Synchronization

/// The counters as Prometheus' text, made on a thread of their own, one after the other.
///
/// Whoever asks is told what was counted after they asked. All who wait share one making, and after
/// some in a row the next waits a little, so that a flood of scrapes costs no more than a few
/// makings a second.
final class MetricsText: Sendable {
  private struct State {
    /// The making that has not begun yet, and that which was begun last.
    var next: Task<ByteBuffer, Never>?
    var running: Task<ByteBuffer, Never>?
    /// When makings may come at once again, in milliseconds.
    var restedAt: Int64 = 0
  }

  private let make: @Sendable () -> String
  private let burst: Int64
  private let interval: Int64
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "nod.control.metrics", qos: .utility)

  /// - Parameters:
  ///   - burst: makings in a row that do not wait.
  ///   - interval: milliseconds between those after.
  init(
    burst: Int64 = ControlLimits.metricsInARow,
    interval: Int64 = ControlLimits.metricsMilliseconds, _ make: @escaping @Sendable () -> String
  ) {
    self.make = make
    self.burst = burst
    self.interval = interval
  }

  /// The text as of now or later.
  func text() async -> ByteBuffer {
    await state.withLock { state in
      if let next = state.next { return next }
      let wait = Self.wait(&state, burst, interval)
      let previous = state.running
      let task = Task { [self] in
        _ = await previous?.value
        if wait > 0 { try? await Task.sleep(for: .milliseconds(wait)) }
        return await begin()
      }
      state.next = task
      return task
    }.value
  }

  /// The milliseconds that the next making waits.
  private static func wait(_ state: inout State, _ burst: Int64, _ interval: Int64) -> Int64 {
    let now = Int64(Clock.coarseNanoseconds() / 1_000_000)
    state.restedAt = max(state.restedAt, now) + interval
    return max(0, state.restedAt - now - burst * interval)
  }

  private func begin() async -> ByteBuffer {
    // Whoever comes from here on has missed it.
    state.withLock { state in
      state.running = state.next
      state.next = nil
    }
    return await withCheckedContinuation { continuation in
      queue.async { [make] in continuation.resume(returning: ByteBuffer(string: make())) }
    }
  }
}
