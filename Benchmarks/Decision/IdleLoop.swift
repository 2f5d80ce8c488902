import LinuxIO

/// A loop that reads no memory, calls nothing and decides nothing.
///
/// Where its slowest turns take longer than the others, that is the machine's doing: interrupts of
/// the timer, and a host that takes the processor away, count as the thread's processor time.
struct IdleLoop {
  /// Keeps the loop from being left out.
  private(set) var sum: UInt64 = 1
  private var stepsPerMicrosecond = 1

  init() {
    let steps = 10_000_000
    let start = Clock.threadNanoseconds()
    spin(steps)
    let nanoseconds = max(1, Clock.threadNanoseconds() &- start)
    stepsPerMicrosecond = max(1, steps * 1_000 / Int(nanoseconds))
  }

  /// The thread's processor time of turns that take some nanoseconds each, with the clock's own.
  mutating func times(_ count: Int, ofNanoseconds nanoseconds: UInt64) -> [UInt64] {
    let steps = Int(nanoseconds) * stepsPerMicrosecond / 1_000
    return (0..<count).map { _ in
      let start = Clock.threadNanoseconds()
      spin(steps)
      return Clock.threadNanoseconds() &- start
    }
  }

  @inline(never)
  private mutating func spin(_ steps: Int) {
    for _ in 0..<steps { sum = sum &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }
  }
}
