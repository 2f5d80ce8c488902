import Dispatch
import Synchronization

/// Tells a thread that sleeps between its rounds to end.
final class StopSignal: Sendable {
  private let flag = Atomic<Bool>(false)
  private let wakeUp = DispatchSemaphore(value: 0)

  /// Whether it was set.
  var isSet: Bool { flag.load(ordering: .relaxed) }

  /// Wakes the thread for good.
  func set() {
    flag.store(true, ordering: .relaxed)
    wakeUp.signal()
  }

  /// Sleeps, but not past the signal.
  func sleep(milliseconds: Int64) {
    if wakeUp.wait(timeout: .now() + .milliseconds(Int(milliseconds))) == .success {
      wakeUp.signal()
    }
  }
}
