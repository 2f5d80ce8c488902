import Glibc
import LinuxIO
import Synchronization

/// Threads of a test that work on the same memory at the same time, for ThreadSanitizer to watch.
///
/// They race for a fifth of a second, or for `NOD_RACE_MILLISECONDS`.
package final class Race: Sendable {
  private let threads: Int
  private let nanoseconds: UInt64
  private let arrived = Atomic(0)
  /// By the monotonic clock; known once all threads have arrived.
  private let end = Atomic(UInt64.max)

  private init(threads: Int) {
    self.threads = threads
    // Safety: the variable's text is only read, and nothing here changes the environment.
    let text = unsafe getenv("NOD_RACE_MILLISECONDS").flatMap {
      unsafe String(validatingCString: $0)
    }
    let milliseconds = text.flatMap { UInt64($0) } ?? 200
    nanoseconds = milliseconds * 1_000_000
  }

  /// Whether the threads should come to an end.
  package var isOver: Bool { Clock.monotonicNanoseconds() >= end.load(ordering: .relaxed) }

  /// Starts a thread for each body, lets them go at the same moment, and waits for all.
  package static func run(_ bodies: [@Sendable (Race) -> Void]) async throws {
    try await onOwnThread {
      let race = Race(threads: bodies.count)
      let threads = try bodies.map { body in
        try Thread(name: "race") {
          race.waitForAll()
          body(race)
        }
      }
      for thread in threads { thread.join() }
    }
  }

  private func waitForAll() {
    if arrived.wrappingAdd(1, ordering: .relaxed).newValue == threads {
      end.store(Clock.monotonicNanoseconds() + nanoseconds, ordering: .relaxed)
    }
    while end.load(ordering: .relaxed) == .max { sched_yield() }
  }
}
