import FixedMemory
import LinuxIO
import Testing

@testable import Journal

/// The forms of names, headers and sealed files.
struct FileFormTests {
  @Test(arguments: [
    ("journal-00000001.log", JournalFileName.segment(1)),
    ("journal-123456789.log", .segment(123_456_789)),
    ("checkpoint-00000042.ckpt", .checkpoint(42)),
    ("journal-00000001.log.tmp", .temporary), ("caps.bin.tmp", .temporary),
    ("caps.bin", .other), ("journal-1.log", .other), ("journal-00000000.log", .other),
    ("journal-000000001.log", .other), ("journal-00000001.ckpt", .other),
    ("journal--0000001.log", .other), ("journal-4294967296.log", .other),
  ])
  func namesSayWhatAFileIs(name: String, meaning: JournalFileName) {
    #expect(JournalFileName(name) == meaning)
    if case .segment(let number) = meaning {
      #expect(JournalFileName.name(ofSegment: number) == name)
    }
    if case .checkpoint(let number) = meaning {
      #expect(JournalFileName.name(ofCheckpoint: number) == name)
    }
  }

  @Test func sealedFilesTellEveryFlippedByteAndTruncation() {
    let payload = [UInt8](0..<37)
    let whole = SealedFile.caps.head(number: 3, payload: payload) + payload
    func problem(_ bytes: [UInt8]) -> String? {
      SealedFile.caps.problem(in: bytes.rawSpan, number: 3)?.reason
    }
    #expect(problem(whole) == nil)
    #expect(SealedFile.checkpoint.problem(in: whole.rawSpan, number: 3)?.offset == 0)
    #expect(SealedFile.caps.problem(in: whole.rawSpan, number: 4)?.offset == 16)
    for offset in whole.indices {
      var flipped = whole
      flipped[offset] ^= 0x10
      #expect(problem(flipped) != nil, "byte \(offset)")
      #expect(problem(Array(whole[..<offset])) != nil, "cut at \(offset)")
    }
    #expect(problem(whole + [0]) != nil)
  }

  @Test func frameIsValidInItsOwnPlaceAlone() {
    let place = JournalPosition(segment: 7, offset: 64)
    let payload: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    var buffer = FixedBuffer(capacity: 64)
    let isSealed = JournalFrame.seal(payload.rawSpan, at: place, into: &buffer)
    #expect(isSealed)
    #expect(buffer.count == 32)
    let here = JournalFrame.payloadCount(of: buffer.bytes, at: place)
    #expect(here == 9)
    for other in [
      JournalPosition(segment: 8, offset: 64), JournalPosition(segment: 7, offset: 72),
    ] {
      let there = JournalFrame.payloadCount(of: buffer.bytes, at: other)
      #expect(there == nil)
    }
    let empty: [UInt8] = []
    let isEmptySealed = JournalFrame.seal(empty.rawSpan, at: place, into: &buffer)
    #expect(!isEmptySealed)
  }

  @Test func headersOfAnotherVersionAreForeign() throws {
    let header = SegmentHeader(segment: 5, previousEnd: 4_096)
    let bytes = header.bytes
    #expect(bytes.count == SegmentHeader.byteCount)
    #expect(try SegmentHeader.read(bytes.rawSpan, segment: 5) == header)
    var newer: [UInt8] = Array(bytes[..<8])
    for word in [UInt64(2), 5, 0] { newer.append(word: word) }
    newer.append(word: Checksum64.of(newer.rawSpan))
    let disk = SimulatedDisk(files: ["journal-00000005.log": newer])
    let damage = #expect(throws: JournalDamage.self) { try disk.recover() }
    #expect(damage?.path == "disk/journal-00000001.log")
    let first = SegmentHeader(segment: 1, previousEnd: 0).bytes
    let journal = SimulatedDisk(files: [
      "journal-00000001.log": first, "journal-00000002.log": Self.version2,
    ])
    let refused = #expect(throws: JournalDamage.self) { try journal.recover() }
    #expect(refused?.path == "disk/journal-00000002.log")
    #expect(refused?.reason.contains("version 2") == true)
  }

  private static var version2: [UInt8] {
    var bytes = Array(SegmentHeader(segment: 2, previousEnd: 40).bytes[..<8])
    for word in [UInt64(2), 2, 40] { bytes.append(word: word) }
    bytes.append(word: Checksum64.of(bytes.rawSpan))
    return bytes
  }

  @Test func folderDiskDoesWhatTheSimulatedOneDoes() throws {
    let nonce = UInt64.random(in: 0...UInt64.max)
    let folder = Directory("/tmp/nod-folder-\(String(nonce, radix: 36))")
    defer { try? folder.removeAll() }
    let disk = FolderDisk(folder.directory("ledger").path)
    try disk.create()
    try disk.put("a", [[1, 2], [], [3]])
    try disk.put("a", [[4], [5, 6, 7]])
    #expect(try disk.list() == ["a"])
    let file = try disk.open("a", .readWrite)
    try file.truncate(to: 3)
    let bytes: [UInt8] = [9]
    try file.write(bytes.rawSpan, at: 1)
    try file.syncData()
    let contents = try disk.contents(of: "a", limit: 3)
    #expect(contents.bytes.byte(at: 1) == 9)
    #expect(contents.count == 3)
    let error = #expect(throws: FileError.self) { _ = try disk.contents(of: "a", limit: 2) }
    #expect(error?.path == disk.path(of: "a"))
    try disk.rename("a", to: "b")
    try disk.remove("b")
    try disk.remove("b")
    try disk.sync()
    #expect(try disk.list() == [])
  }
}
