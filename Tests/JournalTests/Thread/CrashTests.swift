import FixedMemory
import LinuxIO
import Support
import Testing

@testable import Journal

/// The end of the process, and errors of the disk, at every step of a scripted start.
struct CrashTests {
  /// The steps of the script when nothing fails.
  private func steps() throws -> [SimulatedDisk.Step] {
    let disk = SimulatedDisk()
    disk.plan(.kill, atStep: .max)
    var script = LedgerScript(try LedgerFixture())
    try script.run(disk)
    #expect(script.sent.count >= 30)
    #expect(script.booked.count == script.sent.count)
    try script.check(disk.afterKill(), "without a crash")
    return disk.steps
  }

  @Test func scriptUsesEveryStep() throws {
    let steps = try steps()
    #expect(Set(steps) == Set(SimulatedDisk.Step.allCases).subtracting([.truncate]))
    #expect(steps.filter { $0 == .rename }.count >= 8, "too few checkpoints: \(steps)")
  }

  @Test func killAtEveryStepLosesNoAnsweredBooking() throws {
    var generator = SeededGenerator(seed: 7)
    let steps = try steps()
    for step in steps.indices {
      let disk = SimulatedDisk()
      disk.plan(.kill, atStep: step)
      var script = LedgerScript(try LedgerFixture())
      try? script.run(disk)
      #expect(disk.isDead)
      #expect(!script.answeredAfterFailure)
      try script.check(disk.afterKill(), "seed 7, killed at \(step), \(steps[step])")
      for attempt in 0..<2 {
        let left = disk.afterLossOfPower(using: &generator)
        try script.check(left, "seed 7, power lost at \(step), \(steps[step]), \(attempt)")
      }
    }
  }

  @Test func killAtEveryStepOfAStartLosesNothing() throws {
    var generator = SeededGenerator(seed: 8)
    let seed = SimulatedDisk()
    seed.plan(.kill, atStep: 60)
    var script = LedgerScript(try LedgerFixture())
    try? script.run(seed)
    for step in 0..<40 {
      let disk = seed.afterLossOfPower(using: &generator)
      disk.plan(.kill, atStep: step)
      let next = try LedgerFixture(boot: 9, milliseconds: 500)
      if var loop = try? next.loop(next.options(disk)) {
        _ = try loop.adopt(LedgerFixture.plan())
        loop.finish()
      }
      try script.check(
        disk.afterLossOfPower(using: &generator), "seed 8, power lost at step \(step) of a start")
    }
  }

  /// The disk is full and stays so, or fails once.
  @Test(arguments: [SimulatedDisk.Fault.failForGood(28), .fail(5)])
  func diskErrorsAtEveryStepLoseNoAnsweredBooking(kind: SimulatedDisk.Fault) throws {
    var generator = SeededGenerator(seed: 9)
    let steps = try steps()
    for step in steps.indices {
      let disk = SimulatedDisk()
      disk.plan(kind, atStep: step)
      let fixture = try LedgerFixture()
      var script = LedgerScript(fixture)
      let place = "seed 9, \(kind) at \(step), \(steps[step])"
      try? script.run(disk)
      #expect(!script.answeredAfterFailure, "\(place)")
      #expect(fixture.cells.isStopped == !script.isWorking, "\(place)")
      if !script.isWorking {
        let lines = fixture.logged.withLock { $0.filter { $0.contains("until the next start") } }
        #expect(lines.count == 1, "\(place)")
      }
      try script.check(disk.afterKill(), place)
      try script.check(disk.afterLossOfPower(using: &generator), place)
    }
  }
}
