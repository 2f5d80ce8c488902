import AuctionTypes
import BudgetLedger
import Testing

@testable import Journal

@Suite struct EventCollectorTests {
  private let day: Int64 = 86_400_000

  @Test func logsWhatTheLanesTellAndTheJournalBooks() throws {
    let world = try EventWorld()
    try world.start()
    for kind in AdEvent.Kind.allCases where kind != .booking {
      world.tell(kind, lane: Int(kind.rawValue) % 2)
    }
    try world.book(3)
    try world.book(0)
    world.step(after: 1_000)
    let (bookings, others, summary) = try world.read()
    #expect(bookings == world.booked)
    #expect(others.sorted() == world.told)
    #expect(summary.problems == [])
    #expect(summary.files == 1)
    #expect(summary.blocks == 1)
    #expect(world.figures.count(.booking) == 3)
    #expect(world.figures.count(.loss) == 1)
    #expect(world.notes.all == [])
  }

  @Test func takesNoBookingFromALane() throws {
    let world = try EventWorld()
    try world.start()
    world.tell(.booking)
    world.step(after: 1_000)
    #expect(try world.read().summary.events == 0)
  }

  @Test func writesABlockASecondAndNothingWhenNothingHappens() throws {
    let world = try EventWorld()
    try world.start()
    world.step(after: 1_000)
    #expect(world.disk.files.isEmpty)
    for _ in 0..<60 {
      world.tell(.bid)
      world.step(after: 50)
    }
    #expect(try world.read().summary.blocks == 3)
    let before = world.disk.files
    for _ in 0..<60 { world.step(after: 50) }
    #expect(try world.read().summary.blocks == 4)
    let after = world.disk.files
    for _ in 0..<60 { world.step(after: 50) }
    #expect(world.disk.files == after)
    #expect(before != after)
  }

  @Test func writesABlockAsSoonAsItIsFull() throws {
    let world = try EventWorld()
    try world.start()
    world.step(after: 1_000)
    world.tell(.bid)
    world.step(after: 1_000)
    for _ in 0..<100 {
      for _ in 0..<16 { world.tell(.bid) }
      world.step(after: 1)
    }
    let summary = try world.read().summary
    #expect(summary.blocks == 3)
    #expect(summary.events == 1 + 2 * 630)
  }

  @Test func dropsAndCountsWhatFindsARingFull() throws {
    let world = try EventWorld()
    try world.start()
    for _ in 0..<20 { world.tell(.bid, lane: 1) }
    world.step(after: 1_000)
    for _ in 0..<17 { world.tell(.bid, lane: 0) }
    world.step(after: 1_000)
    #expect(world.lanes[1].droppedEvents.load(0) == 4)
    let summary = try world.read().summary
    #expect(summary.events == 32)
    #expect(summary.dropped == 5)
  }

  @Test func needsASegmentUntilItsBookingsAreDurable() throws {
    let world = try EventWorld()
    try world.start()
    try world.book(1)
    world.step(after: 10_000)
    #expect(world.need.segment == 1)
    try world.rotateJournal()
    try world.book(1)
    world.disk.plan(.fail(5), atStep: 1)
    world.step(after: 1_000)
    #expect(try world.read().bookings == world.booked)
    #expect(world.need.segment == 1)
    world.step(after: 3_000)
    #expect(world.need.segment == 2)
  }

  @Test func letsGoOfSegmentsWithoutBookings() throws {
    let world = try EventWorld()
    try world.start()
    for _ in 0..<3 {
      try world.book(0)
      try world.rotateJournal()
    }
    for _ in 0..<10 { world.step(after: 1_000) }
    #expect(world.need.segment == 4)
    world.crash(to: world.disk.afterKill())
    try world.start()
    #expect(world.notes.all == [])
    #expect(world.need.segment == 4)
  }

  @Test func beginsAFileAtMidnightOfUTC() throws {
    let world = try EventWorld()
    try world.start()
    let untilMidnight = day - EventSamples.start.milliseconds % day
    world.tell(.bid)
    world.step(after: untilMidnight - 1)
    world.tell(.bid)
    world.step(after: 1_000)
    world.tell(.bid)
    world.step(after: 1_000)
    #expect(
      world.disk.files.keys.sorted() == [
        "events-20260921-000001.log", "events-20260922-000002.log",
      ])
    #expect(try world.read().others == world.told)
    world.step(after: -5_000)
    world.tell(.bid)
    world.step(after: 1_000)
    #expect(world.disk.files.count == 2)
  }

  @Test func beginsAFileWhenOneIsFull() throws {
    let block = 16 + EventBlock.headBytes + 3 * LoggedEvent.byteCount
    for (spare, files) in [(0, 2), (-1, 3)] {
      let disk = SimulatedDisk()
      var writer = EventWriter(
        disk, nextNumber: 5, position: JournalPosition(segment: 1, offset: 40),
        fileBytes: EventFileHeader.byteCount + 3 * block + spare)
      for _ in 0..<6 {
        for sequence in 1...3 as ClosedRange<UInt64> {
          writer.append(EventSamples.event(.bid, sequence))
        }
        try writer.flush(now: EventSamples.start, dropped: 0)
      }
      #expect(disk.files.count == files)
      #expect(disk.files.keys.sorted().first == "events-20260921-000005.log")
      #expect(try EventReader(disk).read { _ in }.events == 18)
    }
  }

  @Test func deletesFilesWhoseEventsAreTooOldButNotTheNewest() throws {
    let world = try EventWorld()
    world.retentionDays = 2
    try world.start()
    for _ in 0..<5 {
      world.tell(.bid)
      world.step(after: day)
    }
    let names = world.disk.files.keys.sorted()
    #expect(
      names == [
        "events-20260924-000003.log", "events-20260925-000004.log", "events-20260926-000005.log",
      ])
    world.step(after: 40 * day)
    #expect(world.disk.files.keys.sorted() == names.suffix(1))
    world.crash(to: world.disk.afterKill())
    try world.start()
    world.tell(.win)
    world.step(after: 3_600_000)
    world.step(after: 3_600_000)
    #expect(world.disk.files.keys.sorted() == ["events-20261105-000006.log"])
  }

  @Test func catchesUpWithAJournalThatIsFarAhead() throws {
    let world = try EventWorld()
    for round in 0..<300 {
      try world.book(round % 3)
      if round % 50 == 49 { try world.rotateJournal() }
    }
    try world.start()
    #expect(world.step(after: 1))
    world.settle()
    world.finish()
    #expect(try world.read().bookings == world.booked)
  }

  @Test func saysWhatAnotherJournalLacks() throws {
    let world = try EventWorld()
    try world.start()
    try world.book(2)
    for _ in 0..<4 { try world.rotateJournal() }
    world.finish()
    let other = try EventWorld(disk: world.disk.afterKill())
    try other.book(1)
    try other.start()
    other.settle()
    other.finish()
    #expect(other.notes.all == ["the event log is ahead of the journal: followed from its start"])
    #expect(try other.read().bookings == [1, 2, 1])
  }
}
