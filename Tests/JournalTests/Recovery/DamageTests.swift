import FixedMemory
import LinuxIO
import Testing

@testable import Journal

/// Every truncation and every flipped byte of a journal.
struct DamageTests {
  /// A journal of three segments and a checkpoint of the second: 12 + 12 + 24 numbers.
  private func journal() throws -> (files: [String: [UInt8]], ends: [Int]) {
    let disk = SimulatedDisk()
    var writer = try disk.writer(after: RecoveredJournal())
    var state = ListState()
    var ends: [Int] = []
    for number in UInt64(1)...48 {
      let payload = ListState.payload(number)
      try writer.append(payload.rawSpan)
      state.numbers.append(number)
      if number > 24 { ends.append(Int(writer.position.offset)) }
      if number == 12 || number == 24 {
        try writer.rotate()
        if number == 12 {
          let bytes = state.checkpoint
          try disk.put(
            JournalFileName.name(ofCheckpoint: 2),
            [SealedFile.checkpoint.head(number: 2, payload: bytes), bytes])
          try disk.remove(JournalFileName.name(ofSegment: 1))
        }
      }
    }
    return (disk.files, ends)
  }

  private let first = "journal-00000002.log"
  private let last = "journal-00000003.log"
  private let checkpoint = "checkpoint-00000002.ckpt"

  private func numbers(_ count: Int) -> [UInt64] { (0..<count).map { UInt64($0 + 1) } }

  @Test func everythingComesBack() throws {
    let (state, recovered) = try SimulatedDisk(files: journal().files).recover()
    #expect(state.numbers == numbers(48))
    #expect(recovered.frames == 36)
    #expect(recovered.checkpoint == 2)
    #expect(recovered.nextSegment == 4)
    #expect(recovered.notes == [])
  }

  @Test func everyTruncationOfTheLastSegmentKeepsTheRecordsBeforeIt() throws {
    let (files, ends) = try journal()
    let bytes = try #require(files[last])
    for count in 0..<bytes.count {
      var cut = files
      cut[last] = Array(bytes[..<count])
      let disk = SimulatedDisk(files: cut)
      let whole = ends.filter { $0 <= count }
      let (state, recovered) = try disk.recover()
      #expect(state.numbers == numbers(24 + whole.count), "cut at \(count)")
      let isWhole = ends.contains(count) || count == SegmentHeader.byteCount
      #expect(recovered.notes.count == (isWhole ? 0 : 1), "cut at \(count)")
      #expect(recovered.nextSegment == (count < SegmentHeader.byteCount ? 3 : 4))
      if count % 8 == 3 { try expectSame(disk, as: state, "cut at \(count)") }
    }
  }

  @Test func everyTruncationOfAnotherFileIsRefused() throws {
    let (files, _) = try journal()
    for name in [first, checkpoint] {
      let bytes = try #require(files[name])
      for count in 0..<bytes.count {
        var cut = files
        cut[name] = Array(bytes[..<count])
        let damage = #expect(throws: JournalDamage.self, "\(name) cut at \(count)") {
          try SimulatedDisk(files: cut).recover()
        }
        #expect(damage?.path == "disk/\(name)")
        #expect(damage?.offset ?? .max <= count)
      }
    }
  }

  @Test func everyFlippedByteIsCutOrRefused() throws {
    let (files, ends) = try journal()
    let lastFrame = ends[ends.count - 2]
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
      for offset in bytes.indices {
        var flipped = files
        flipped[name]?[offset] ^= offset % 2 == 0 ? 0x01 : 0xFF
        let disk = SimulatedDisk(files: flipped)
        if name == last && offset >= lastFrame {
          let (state, recovered) = try disk.recover()
          #expect(state.numbers == numbers(47), "byte \(offset)")
          #expect(recovered.notes.count == 1)
          try expectSame(disk, as: state, "byte \(offset)")
        } else {
          let damage = #expect(throws: JournalDamage.self, "\(name), byte \(offset)") {
            try disk.recover()
          }
          #expect(damage?.path == "disk/\(name)")
          #expect(damage?.offset ?? .max <= offset)
          #expect(disk.files == flipped, "a refused start changed the folder")
        }
      }
    }
  }

  @Test func readingOnlyChangesNothing() throws {
    let (files, ends) = try journal()
    var cut = files
    cut[last] = Array(try #require(files[last]).prefix(ends[5] + 3))
    cut["journal-00000004.log.tmp"] = [1]
    let disk = SimulatedDisk(files: cut)
    let (state, recovered) = try disk.recover(repairs: false)
    #expect(state.numbers == numbers(30))
    #expect(recovered.notes.count == 1)
    #expect(disk.files == cut)
    #expect(disk.steps == [])
  }

  @Test func missingSegmentsAreRefused() throws {
    let (files, _) = try journal()
    for (gone, missing) in [([first], first), ([first, last], first)] {
      let left = files.filter { !gone.contains($0.key) }
      let damage = #expect(throws: JournalDamage.self) { try SimulatedDisk(files: left).recover() }
      #expect(damage?.path == "disk/\(missing)")
    }
    let left = files.filter { $0.key != checkpoint }
    let damage = #expect(throws: JournalDamage.self) { try SimulatedDisk(files: left).recover() }
    #expect(damage?.path == "disk/journal-00000001.log")
  }

  @Test func damagedCheckpointFallsBackWhereAllSegmentsAreThere() throws {
    let (files, _) = try journal()
    var both = files
    let bytes = ListState(numbers: numbers(24)).checkpoint
    both["checkpoint-00000003.ckpt"] = SealedFile.checkpoint.head(number: 3, payload: bytes) + bytes
    #expect(try SimulatedDisk(files: both).recover().recovered.checkpoint == 3)
    both["checkpoint-00000003.ckpt"]?[50] ^= 4
    let (state, recovered) = try SimulatedDisk(files: both).recover()
    #expect(state.numbers == numbers(48))
    #expect(recovered.checkpoint == 2)
    #expect(recovered.notes.count == 1)
    both[first] = nil
    let damage = #expect(throws: JournalDamage.self) { try SimulatedDisk(files: both).recover() }
    #expect(damage?.path == "disk/checkpoint-00000003.ckpt")
  }

  @Test func refusedRecordNamesFileAndOffset() throws {
    let (files, ends) = try journal()
    let damage = #expect(throws: JournalDamage.self) {
      try SimulatedDisk(files: files).recover(refused: 27)
    }
    #expect(damage?.path == "disk/\(last)")
    #expect(damage?.offset == ends[1])
  }

  @Test func segmentUnderAnotherNameIsRefused() throws {
    var (files, _) = try journal()
    files["journal-00000004.log"] = files[last]
    let damage = #expect(throws: JournalDamage.self) { try SimulatedDisk(files: files).recover() }
    #expect(damage?.path == "disk/journal-00000004.log")
  }

  /// What was repaired comes back as it was, without another repair.
  private func expectSame(_ disk: SimulatedDisk, as state: ListState, _ place: String) throws {
    let (again, recovered) = try disk.recover()
    #expect(again == state, "\(place)")
    if recovered.nextSegment == 4 { #expect(recovered.notes == [], "\(place)") }
    var writer = try disk.writer(after: recovered)
    let payload = ListState.payload(99)
    try writer.append(payload.rawSpan)
    #expect(try disk.recover().state.numbers == state.numbers + [99], "\(place)")
  }
}
