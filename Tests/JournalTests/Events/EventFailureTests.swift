import AuctionTypes
import BudgetLedger
import FixedMemory
import Support
import Testing

@testable import Journal

/// The disk is full or broken at every step that the event log makes.
@Suite struct EventFailureTests {
  private static let noSpace: Int32 = 28
  private static let inputOutput: Int32 = 5

  private func run(_ world: EventWorld) throws {
    for round in 0..<16 {
      try world.book(round % 3)
      world.tell(.bid, lane: round % 2)
      if round % 5 == 4 { try world.rotateJournal() }
      world.step(after: 700)
    }
  }

  @Test(arguments: [noSpace, inputOutput])
  func bookingsAreThereOnceAfterAStepFailed(code: Int32) throws {
    for step in 0..<40 {
      let world = try EventWorld()
      try world.start()
      world.disk.plan(.fail(code), atStep: step)
      try run(world)
      world.step(after: 2_000)
      world.finish()
      let (bookings, others, summary) = try world.read()
      #expect(bookings == world.booked, "step \(step)")
      #expect(summary.problems == [], "step \(step)")
      #expect(UInt64(others.count) + world.figures.lost == 16, "step \(step)")
      #expect(Set(others).count == others.count, "step \(step)")
      if summary.dropped < world.figures.lost { Issue.record("step \(step) lost in silence") }
    }
  }

  @Test(arguments: [noSpace, inputOutput])
  func bookingsWaitWhileNothingCanBeWritten(code: Int32) throws {
    for step in 0..<16 {
      let world = try EventWorld()
      try world.start()
      world.disk.plan(.failForGood(code), atStep: step)
      try run(world)
      #expect(world.figures.isFailing, "step \(step)")
      for _ in 0..<40 { world.tell(.bid) }
      #expect(world.lanes[0].droppedEvents.load(0) >= 24, "step \(step)")
      world.disk.plan(.kill, atStep: .max)
      world.step(after: 2_000)
      world.step(after: 2_000)
      #expect(!world.figures.isFailing, "step \(step)")
      world.finish()
      let (bookings, others, summary) = try world.read()
      #expect(bookings == world.booked, "step \(step)")
      let dropped = world.lanes.reduce(world.figures.lost) { $0 + $1.droppedEvents.load(0) }
      #expect(UInt64(others.count) + dropped == UInt64(world.told.count), "step \(step)")
      #expect(summary.dropped == dropped, "step \(step)")
    }
  }

  @Test func saysOnceThatItFailsAndOnceThatItWorks() throws {
    let world = try EventWorld()
    try world.start()
    world.disk.plan(.failForGood(Self.noSpace), atStep: 0)
    world.tell(.bid)
    for _ in 0..<10 { world.step(after: 1_000) }
    #expect(world.notes.all.count == 1)
    #expect(world.figures.failures >= 9)
    world.disk.plan(.kill, atStep: .max)
    world.step(after: 1_000)
    #expect(world.notes.all.count == 2)
    #expect(try world.read().others == world.told)
  }

  @Test func goesOnWithoutAJournalThatIsDamaged() throws {
    let world = try EventWorld()
    try world.book(1)
    try world.book(1)
    let name = JournalFileName.name(ofSegment: 1)
    let file = try world.journal.open(name, .readWrite)
    try file.write([0xFF, 0xFF].rawSpan, at: try file.size() - 20)
    try world.start()
    world.tell(.bid)
    world.settle()
    world.step(after: 5_000)
    #expect(world.notes.all.count == 1)
    #expect(try world.read().bookings == [1])
    #expect(try world.read().others == world.told)
    #expect(world.need.segment == 1)
  }
}
