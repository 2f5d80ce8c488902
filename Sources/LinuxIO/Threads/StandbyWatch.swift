import CLinux
import Glibc
import Synchronization

/// Lets the process's background threads run in `SCHED_IDLE` for as long as they do not starve.
///
/// A thread of that class is interrupted the moment that another wakes up; one of `SCHED_BATCH`
/// ends its slice of a millisecond or more first, and a bid waits for it. But where all processors
/// are busy, `SCHED_IDLE` has a three-hundredth of one. So a pulse beats among those threads, and
/// when it fails they go back to `SCHED_BATCH` and their nice value for some seconds.
package final class StandbyWatch: Sendable {
  /// How the threads run.
  package enum State: Int, Sendable {
    /// The process may not take threads out of `SCHED_IDLE` again, so it puts none there.
    case forbidden
    case resting
    case lifted
  }

  /// Whether threads that start now rest from the start.
  static let startsResting = Atomic(false)

  private let pulse = Pulse()
  private let isStopping = Atomic(false)
  private let stateNumber = Atomic(State.resting.rawValue)
  private let liftCount = Atomic(0)
  private let threads = Mutex<[Thread]>([])
  private let starvingNanoseconds: UInt64

  /// Watches the threads there are and those that start later.
  ///
  /// - Parameter starvingNanoseconds: without a beat for so long, they starve.
  package init(
    starvingNanoseconds: UInt64 = LinuxIOLimits.starvingNanoseconds
  ) throws(Errno) {
    self.starvingNanoseconds = starvingNanoseconds
    let beating = try Thread(name: "nod-pulse", priority: .background) { [pulse] in pulse.beat() }
    let watching = try Thread(name: "nod-standby") { [self] in watch() }
    threads.withLock { $0 = [beating, watching] }
  }

  /// How the threads run now.
  package var state: State { State(rawValue: stateNumber.load(ordering: .relaxed)) ?? .resting }

  /// How often the threads were starving.
  package var lifts: Int { liftCount.load(ordering: .relaxed) }

  /// Takes the threads out of `SCHED_IDLE` and ends.
  package func stop() {
    isStopping.store(true, ordering: .relaxed)
    pulse.end()
    for thread in threads.withLock({ $0 }) { thread.join() }
  }

  private func watch() {
    guard mayLift() else {
      pulse.end()
      return stateNumber.store(State.forbidden.rawValue, ordering: .relaxed)
    }
    var changed = Clock.monotonicNanoseconds()
    change(to: .resting)
    while !isStopping.load(ordering: .relaxed) {
      usleep(LinuxIOLimits.pulseMicroseconds)
      let now = Clock.monotonicNanoseconds()
      switch state {
      case .resting where pulse.silence(at: now) > starvingNanoseconds:
        liftCount.add(1, ordering: .relaxed)
        change(to: .lifted)
        changed = now
      case .resting where now - changed > LinuxIOLimits.newThreadNanoseconds,
        .lifted where now - changed > LinuxIOLimits.liftedNanoseconds:
        change(to: .resting)
        changed = now
      default: break
      }
    }
    change(to: .lifted)
  }

  /// Not where the whole process was started in `SCHED_BATCH`: its workers cannot be told from
  /// those that stand behind them then.
  private func mayLift() -> Bool {
    guard nod_thread_is_batch(nod_thread_id()) == 0 else { return false }
    let thread = pulse.waitForThread()
    return nod_thread_rest(thread) == 1 && nod_thread_lift(thread) == 1
  }

  /// Changes all threads that stand behind others, whoever started them.
  private func change(to state: State) {
    Self.startsResting.store(state == .resting, ordering: .relaxed)
    for name in (try? Directory("/proc/self/task").list()) ?? [] {
      guard let thread = Int32(name) else { continue }
      _ = state == .resting ? nod_thread_rest(thread) : nod_thread_lift(thread)
    }
    stateNumber.store(state.rawValue, ordering: .relaxed)
  }

  /// A thread that does nothing but say that it ran.
  private final class Pulse: Sendable {
    private let thread = Atomic<Int32>(0)
    private let last = Atomic<UInt64>(0)
    private let isOver = Atomic(false)

    func beat() {
      last.store(Clock.monotonicNanoseconds(), ordering: .relaxed)
      thread.store(nod_thread_id(), ordering: .releasing)
      while !isOver.load(ordering: .relaxed) {
        usleep(LinuxIOLimits.pulseMicroseconds)
        last.store(Clock.monotonicNanoseconds(), ordering: .relaxed)
      }
    }

    func waitForThread() -> Int32 {
      while true {
        let number = thread.load(ordering: .acquiring)
        if number != 0 { return number }
        usleep(1_000)
      }
    }

    func silence(at now: UInt64) -> UInt64 {
      let last = last.load(ordering: .relaxed)
      return now > last ? now - last : 0
    }

    func end() { isOver.store(true, ordering: .relaxed) }
  }
}
