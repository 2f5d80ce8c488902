import AuctionTypes
import BudgetLedger
import Support
import Testing

@testable import Journal

/// The process or the machine ends at every step that the event log makes.
@Suite struct EventCrashTests {
  enum End: CaseIterable { case kill, lossOfPower }

  private static let rounds = 14

  /// Bookings, events, and segments of the journal for some seconds.
  private func run(_ world: EventWorld) throws {
    for round in 0..<Self.rounds {
      try world.book(round % 3)
      world.tell(.bid, lane: round % 2)
      if round % 5 == 4 { try world.rotateJournal() }
      world.step(after: 700)
    }
  }

  private func disk(
    after end: End, of world: EventWorld, using random: inout SeededGenerator
  ) -> SimulatedDisk {
    switch end {
    case .kill: world.disk.afterKill()
    case .lossOfPower: world.disk.afterLossOfPower(using: &random)
    }
  }

  /// Every booking is there once, no other event twice, and nothing is damaged.
  private func check(_ world: EventWorld, _ comment: Comment) throws {
    let (bookings, others, summary) = try world.read()
    #expect(bookings == world.booked, comment)
    #expect(Set(others).count == others.count, comment)
    #expect(Set(others).isSubset(of: world.told), comment)
    #expect(summary.problems == [], comment)
    #expect(!world.notes.all.contains { $0.contains("misses") || $0.contains("lost") }, comment)
  }

  private func stepCount() throws -> Int {
    let world = try EventWorld()
    world.disk.plan(.kill, atStep: .max)
    try world.start()
    try run(world)
    return world.disk.steps.count
  }

  @Test(arguments: End.allCases)
  func bookingsAreThereOnceWhereverItEnds(end: End) throws {
    let steps = try stepCount()
    #expect(steps > 15)
    var random = SeededGenerator(seed: 11)
    for step in 0...steps {
      for attempt in 0..<(end == .kill ? 1 : 3) {
        let world = try EventWorld()
        world.disk.plan(.kill, atStep: step)
        // A start that the end came upon throws.
        try? world.start()
        try run(world)
        world.crash(to: disk(after: end, of: world, using: &random))
        world.disk.plan(.kill, atStep: .random(in: 0..<8, using: &random))
        try? world.start()
        world.step(after: 1_000)
        world.crash(to: disk(after: end, of: world, using: &random))
        try world.start()
        try run(world)
        world.finish()
        try check(world, "step \(step), attempt \(attempt)")
      }
    }
  }
}
