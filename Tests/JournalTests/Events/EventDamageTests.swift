import AuctionTypes
import BudgetLedger
import Testing

@testable import Journal

/// Every truncation and every flipped byte of a small file of events.
@Suite struct EventDamageTests {
  /// Three blocks of a booking and a bid each; the first two durable, the last not yet.
  private func world() throws -> EventWorld {
    let world = try EventWorld()
    try world.start()
    for milliseconds in [1_000, 3_000, 1_000] as [Int64] {
      try world.book(1)
      world.tell(.bid)
      world.step(after: milliseconds)
    }
    return world
  }

  private static let name = "events-20260921-000001.log"
  private static let blockBytes = 16 + 24 + 2 * LoggedEvent.byteCount
  private static let fileBytes = EventFileHeader.byteCount + 3 * blockBytes

  /// Starts over with a changed file and reads what is there then.
  private func restart(
    _ world: EventWorld, _ bytes: [UInt8]
  ) throws -> (bookings: [UInt64], others: [UInt64], summary: EventReader.Summary) {
    world.crash(to: SimulatedDisk(files: [Self.name: bytes]))
    try world.start()
    world.settle()
    world.finish()
    return try world.read()
  }

  private func bytes(of world: EventWorld) throws -> [UInt8] {
    let bytes = try #require(world.disk.files[Self.name])
    #expect(bytes.count == Self.fileBytes)
    return bytes
  }

  /// Where recovery finds the journal's place, and what it leaves of the file.
  private func recover(_ bytes: [UInt8]) throws -> (RecoveredEvents, left: [UInt8]) {
    let disk = SimulatedDisk(files: [Self.name: bytes])
    var recovery = EventRecovery(disk)
    return (try recovery.run(), disk.files[Self.name] ?? [])
  }

  /// The journal's place before the first block and behind each.
  private func places(_ file: [UInt8]) -> [JournalPosition?] {
    var places = [EventFileHeader(file.rawSpan, number: 1)?.position]
    var scan = EventScan(number: 1)
    while case .block(let block, _, _)? = scan.next(in: file.rawSpan) {
      places.append(block.position)
    }
    return places
  }

  @Test func everyTruncationIsCutBackToWholeBlocks() throws {
    let whole = try bytes(of: world())
    let places = places(whole)
    #expect(Set(places).count == 4)
    for count in whole.indices {
      let blocks = max(0, count - EventFileHeader.byteCount) / Self.blockBytes
      let hasHeader = count >= EventFileHeader.byteCount
      let (recovered, left) = try recover(Array(whole[..<count]))
      #expect(recovered.position == (hasHeader ? places[blocks] : nil), "cut at \(count)")
      #expect(recovered.nextNumber == 2)
      let kept = hasHeader ? EventFileHeader.byteCount + blocks * Self.blockBytes : count
      #expect(left.count == kept, "cut at \(count)")
      #expect(recovered.notes.count == (hasHeader && kept == count ? 0 : 1), "cut at \(count)")
    }
  }

  @Test func everyFlippedByteIsCutOrNoted() throws {
    let whole = try bytes(of: world())
    let places = places(whole)
    for offset in whole.indices {
      var flipped = whole
      flipped[offset] ^= offset % 2 == 0 ? 0x80 : 0xFF
      let (recovered, left) = try recover(flipped)
      let isTorn = offset >= EventFileHeader.byteCount + 2 * Self.blockBytes
      #expect(recovered.position == places[isTorn ? 2 : 3], "byte \(offset)")
      #expect(left.count == whole.count - (isTorn ? Self.blockBytes : 0), "byte \(offset)")
      #expect(recovered.notes.count == 1, "byte \(offset)")
    }
  }

  @Test func bookingsThatWereCutOffAreCopiedOnceMore() throws {
    let world = try world()
    let whole = try bytes(of: world)
    for count in stride(from: 0, to: whole.count, by: 29) {
      let (bookings, others, summary) = try restart(world, Array(whole[..<count]))
      let blocks = max(0, count - EventFileHeader.byteCount) / Self.blockBytes
      #expect(bookings == world.booked, "cut at \(count)")
      #expect(others == Array(world.told.prefix(blocks)), "cut at \(count)")
      let problems = count < EventFileHeader.byteCount && count > 0 ? 1 : 0
      #expect(summary.problems.count >= problems, "cut at \(count)")
    }
  }

  @Test func everyFlippedByteIsFoundAndPassedOver() throws {
    let world = try world()
    let whole = try bytes(of: world)
    for offset in whole.indices {
      var flipped = whole
      flipped[offset] ^= offset % 2 == 0 ? 0x01 : 0xFF
      let summary = try EventReader(SimulatedDisk(files: [Self.name: flipped])).read { event in
        #expect(
          event.event.token == EventSamples.token(event.event.token.bid.sequence))
      }
      #expect(summary.problems.count == 1, "byte \(offset)")
      #expect(summary.events == (offset < EventFileHeader.byteCount ? 6 : 4), "byte \(offset)")
    }
  }

  @Test func damageOfWhatWasDurableLosesItsOwnBookingsAlone() throws {
    let world = try world()
    let whole = try bytes(of: world)
    for offset in stride(from: 0, to: whole.count, by: 29) {
      var flipped = whole
      flipped[offset] ^= 0x10
      let (bookings, _, _) = try restart(world, flipped)
      var expected = world.booked
      let block = (offset - EventFileHeader.byteCount) / Self.blockBytes
      if offset >= EventFileHeader.byteCount && block < 2 { expected.remove(at: block) }
      #expect(bookings == expected, "byte \(offset)")
    }
  }

  @Test func damageDoesNotKeepOtherFilesFromBeingRead() throws {
    let world = try world()
    let whole = try bytes(of: world)
    world.crash(to: world.disk.afterKill())
    try world.start()
    world.tell(.click)
    world.step(after: 1_000)
    var files = world.disk.files
    files[Self.name] = Array(whole.prefix(7))
    let summary = try EventReader(SimulatedDisk(files: files)).read { event in
      #expect(event.event.kind == .click)
    }
    #expect(summary.events == 1)
    #expect(summary.problems.map(\.path) == ["disk/\(Self.name)"])
  }
}
