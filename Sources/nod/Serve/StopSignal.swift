import Dispatch
import LinuxIO
import Synchronization

/// Tells a thread that sleeps between its rounds to end.
final class StopSignal: Sendable {
  private let flag = Atomic<Bool>(false)
  private let isAwake = Atomic<Bool>(false)
  private let wakeUp = DispatchSemaphore(value: 0)

  /// Whether it was set.
  var isSet: Bool { flag.load(ordering: .relaxed) }

  /// Wakes the thread for good.
  func set() {
    flag.store(true, ordering: .relaxed)
    wakeUp.signal()
  }

  /// Ends a sleep, or the next one, before its time; the thread goes on.
  func wake() {
    guard !isAwake.exchange(true, ordering: .acquiringAndReleasing) else { return }
    wakeUp.signal()
  }

  /// Sleeps, but not past the signal.
  /// - Returns: whether it was woken before the time was over.
  @discardableResult
  func sleep(milliseconds: Int64) -> Bool {
    let isWoken = wakeUp.wait(timeout: .now() + .milliseconds(Int(milliseconds))) == .success
    isAwake.store(false, ordering: .releasing)
    if isSet { wakeUp.signal() }
    return isWoken
  }
}

/// The rests of a thread, in which it does something else from time to time.
struct IdleRound {
  private let stop: StopSignal
  private let everyNanoseconds: UInt64
  private var due: UInt64 = 0

  /// Rests that end when the signal is set.
  init(stop: StopSignal, everyMilliseconds: Int64) {
    self.stop = stop
    everyNanoseconds = UInt64(everyMilliseconds) * 1_000_000
  }

  /// Rests for a time, or until it is woken; does the other work whenever it is due.
  mutating func wait(milliseconds: Int64, _ work: () -> Void) {
    let end = Clock.monotonicNanoseconds() + UInt64(milliseconds) * 1_000_000
    while !stop.isSet {
      if Clock.monotonicNanoseconds() >= due {
        work()
        due = Clock.monotonicNanoseconds() + everyNanoseconds
      }
      let now = Clock.monotonicNanoseconds()
      guard now < end else { return }
      if stop.sleep(milliseconds: Int64((min(end, due) - now) / 1_000_000) + 1) { return }
    }
  }
}
