import Testing

@testable import LoadGeneration

/// What a run is said to have used.
struct ObserverTests {
  private static let second: UInt64 = 1_000_000_000

  /// A run of a second's warm-up and four that are measured, from a moment on.
  private static func plan() -> LoadPlan {
    var plan = Samples.plan(
      .init(host: "127.0.0.1", port: 1), rate: 10, milliseconds: 5_000)
    plan.warmUpNanoseconds = second
    return plan
  }

  @Test func countsNothingThatIsUsedAfterTheEnd() {
    let board = RunBoard(threads: 1)
    var used: UInt64 = 0
    var observer = RunObserver(Self.plan(), start: 100 * Self.second, board: board) {
      TargetProcess(processorNanoseconds: used, residentBytes: 1)
    }
    // Half a processor while it is measured; a whole one, and two, before and after.
    for (time, processors) in [(101, 1.0), (103, 0.5), (105, 0.5), (107, 2), (108, 2)] {
      let lasted = time == 101 || time == 108 ? 1.0 : 2
      used += UInt64(processors * lasted * 1e9)
      board.set(.processorTime, used / 2, thread: 0)
      _ = observer.look(at: UInt64(time) * Self.second)
    }
    let result = observer.result([], at: 109 * Self.second)
    #expect(result.targetNanoseconds == 2 * Self.second)
    #expect(result.generatorProcessors == [0.25])
    #expect(result.measuredNanoseconds == 4 * Self.second)
  }

  @Test func aStoppedRunEndsWhereItWasStopped() {
    let board = RunBoard(threads: 1)
    var used: UInt64 = 0
    var observer = RunObserver(Self.plan(), start: 100 * Self.second, board: board) {
      TargetProcess(processorNanoseconds: used, residentBytes: 1)
    }
    _ = observer.look(at: 101 * Self.second)
    used = Self.second
    board.stop()
    _ = observer.look(at: 103 * Self.second)
    used = 3 * Self.second
    _ = observer.look(at: 104 * Self.second)
    #expect(observer.result([], at: 104 * Self.second).targetNanoseconds == Self.second)
  }

  @Test func looksWhenMeasuringBeginsAndEnds() {
    let observer = RunObserver(
      Self.plan(), start: 100 * Self.second, board: RunBoard(threads: 1)
    ) { nil }
    let usual = LoadLimits.watchNanoseconds
    for (time, pause) in [
      (100 * Self.second, usual), (101 * Self.second - 7, 7), (101 * Self.second, usual),
      (105 * Self.second - 9, 9), (106 * Self.second, usual),
    ] {
      #expect(observer.pause(from: time) == pause)
    }
  }
}
