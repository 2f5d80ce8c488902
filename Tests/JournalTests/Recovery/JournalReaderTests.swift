import FixedMemory
import LinuxIO
import Testing

@testable import Journal

struct JournalReaderTests {
  /// The numbers of the frames that are there.
  private func read(_ reader: inout JournalReader) throws -> [UInt64] {
    var numbers: [UInt64] = []
    while try reader.next({ payload, _ in numbers.append(payload.word(at: 0)) }) {}
    return numbers
  }

  @Test func followsTheJournalOverSegments() throws {
    let disk = SimulatedDisk()
    let end = JournalEnd()
    var writer = try disk.writer(after: RecoveredJournal(), end: end)
    var reader = JournalReader(disk, from: .start(of: 1), end: end)
    #expect(try read(&reader) == [])
    for number in UInt64(1)...30 {
      let payload = ListState.payload(number)
      try writer.append(payload.rawSpan)
      if number % 7 == 0 { try writer.rotate() }
      if number % 5 == 0 { #expect(try read(&reader) == Array(number - 4...number)) }
      #expect(end.position == writer.position)
    }
    #expect(reader.position == end.position)
    var again = JournalReader(disk, from: .start(of: 3), end: end)
    #expect(try read(&again) == Array(15...30))
  }

  @Test func seesNothingBehindTheDurableEnd() throws {
    let disk = SimulatedDisk()
    let end = JournalEnd()
    var writer = try disk.writer(after: RecoveredJournal(), end: end)
    let payload = ListState.payload(1)
    try writer.append(payload.rawSpan)
    disk.plan(.failForGood(5), atStep: 1)
    #expect(throws: FileError.self) { try writer.append(payload.rawSpan) }
    var reader = JournalReader(disk, from: .start(of: 1), end: end)
    #expect(try read(&reader) == [1])
    #expect(throws: FileError.self, "a broken writer writes on") {
      try writer.append(payload.rawSpan)
    }
  }

  @Test func refusesAPlaceWithoutRecord() throws {
    let disk = SimulatedDisk()
    let end = JournalEnd()
    var writer = try disk.writer(after: RecoveredJournal(), end: end)
    let payload = ListState.payload(1)
    try writer.append(payload.rawSpan)
    let place = JournalPosition(segment: 1, offset: UInt32(SegmentHeader.byteCount + 8))
    var reader = JournalReader(disk, from: place, end: end)
    #expect(throws: JournalDamage.self) { try reader.next { _, _ in } }
  }

  @Test func frameHoldsTheLargestPayloadAndNoMore() throws {
    let disk = SimulatedDisk()
    let end = JournalEnd()
    var writer = try disk.writer(after: RecoveredJournal(), end: end)
    let largest = [UInt8](repeating: 7, count: JournalLimits.frameBytes)
    try writer.append(largest.rawSpan)
    var reader = JournalReader(disk, from: .start(of: 1), end: end)
    var count = 0
    #expect(try reader.next { payload, _ in count = payload.byteCount })
    #expect(count == JournalLimits.frameBytes)
    let larger = largest + [7]
    let error = #expect(throws: FileError.self) { try writer.append(larger.rawSpan) }
    #expect(error?.code == FileError.tooLarge("", "").code)
    #expect(try disk.recover().recovered.frames == 1)
  }
}
