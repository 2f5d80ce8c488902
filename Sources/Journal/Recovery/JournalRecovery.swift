import FixedMemory
import LinuxIO

/// Brings back what a journal's folder holds: the newest checkpoint and the frames since.
///
/// A crash leaves at most one torn frame, the last of the last segment: it is cut. Anything else
/// that is not as it was written is damage, and the start is refused: going on would lose bookings.
struct JournalRecovery {
  private let disk: any JournalDisk
  /// Whether leftovers are removed and torn frames cut; otherwise the folder stays as it is.
  private let repairs: Bool
  private var checkpoints: [UInt32] = []
  private var segments: [UInt32] = []
  private(set) var recovered = RecoveredJournal()

  init(_ disk: any JournalDisk, repairs: Bool) {
    self.disk = disk
    self.repairs = repairs
  }

  /// Replays everything; throws ``JournalDamage``, or the disk's `FileError`.
  ///
  /// - Complexity: O(bytes since the checkpoint).
  mutating func run(into state: inout some JournalState & ~Copyable) throws {
    try readNames()
    let first = try restore(into: &state)
    try requireSegments(from: first)
    for segment in segments where segment >= first {
      try replay(segment, isFirst: segment == first, into: &state)
    }
    if repairs {
      try syncLast()
      try disk.sync()
    }
  }

  private mutating func readNames() throws {
    for name in try disk.list() {
      switch JournalFileName(name) {
      case .segment(let number): segments.append(number)
      case .checkpoint(let number): checkpoints.append(number)
      case .temporary: try removeLeftover(name)
      case .other: break
      }
    }
    segments.sort()
    checkpoints.sort()
  }

  private mutating func removeLeftover(_ name: String) throws {
    guard repairs else { return }
    try disk.remove(name)
    recovered.notes.append("\(disk.path(of: name)): unfinished, removed")
  }

  // MARK: Checkpoints

  /// Restores the newest valid checkpoint; returns the first segment to replay.
  private mutating func restore(into state: inout some JournalState & ~Copyable) throws -> UInt32 {
    var damages: [JournalDamage] = []
    for number in checkpoints.reversed() {
      let name = JournalFileName.name(ofCheckpoint: number)
      let file = try disk.contents(of: name, limit: JournalLimits.checkpointBytes)
      if let problem = SealedFile.checkpoint.problem(in: file.bytes, number: number) {
        damages.append(
          JournalDamage(
            path: disk.path(of: name), offset: problem.offset, reason: problem.reason))
        continue
      }
      try passOver(damages, from: number)
      recovered.checkpoint = number
      recovered.checkpointBytes = file.count - SealedFile.headBytes
      recovered.nextSegment = number
      try wrapping(name, SealedFile.headBytes) {
        try state.restore(
          checkpoint: file.bytes.slice(SealedFile.headBytes, recovered.checkpointBytes))
      }
      return number
    }
    try passOver(damages, from: 1)
    return 1
  }

  /// Goes on without damaged checkpoints where all segments since an older state are still there.
  private mutating func passOver(_ damages: [JournalDamage], from first: UInt32) throws {
    guard let newest = damages.first else { return }
    guard missingSegment(from: first) == nil, segments.last ?? 0 >= first else { throw newest }
    for damage in damages {
      recovered.notes.append("\(damage); replayed the segments before it instead")
    }
  }

  // MARK: Segments

  private func requireSegments(from first: UInt32) throws {
    if segments.isEmpty && checkpoints.isEmpty { return }
    let missing = missingSegment(from: first) ?? (segments.last ?? 0 < first ? first : nil)
    if let missing {
      throw JournalDamage(
        path: disk.path(of: JournalFileName.name(ofSegment: missing)), offset: 0,
        reason: "the segment is missing")
    }
  }

  /// The first segment that is missing below the last.
  private func missingSegment(from first: UInt32) -> UInt32? {
    var expected = first
    for segment in segments where segment >= first {
      if segment != expected { return expected }
      expected += 1
    }
    return nil
  }

  private mutating func replay(
    _ segment: UInt32, isFirst: Bool, into state: inout some JournalState & ~Copyable
  ) throws {
    let name = JournalFileName.name(ofSegment: segment)
    let file = try disk.contents(of: name, limit: JournalLimits.segmentBytes)
    guard let header = try header(of: segment, file.bytes) else { return }
    if !isFirst && header.previousEnd != recovered.previousEnd {
      throw JournalDamage(
        path: disk.path(of: JournalFileName.name(ofSegment: segment - 1)),
        offset: recovered.previousEnd,
        reason: "ends here, but \(header.previousEnd) bytes were written")
    }
    var place = JournalPosition.start(of: segment)
    while Int(place.offset) < file.count {
      guard let count = JournalFrame.payloadCount(in: file.bytes, at: place) else {
        try cut(name, file.bytes, at: place)
        break
      }
      let start = Int(place.offset) + JournalFrame.headBytes
      try wrapping(name, Int(place.offset)) {
        try state.replay(file.bytes.slice(start, count))
      }
      recovered.frames += 1
      place.offset += UInt32(JournalFrame.byteCount(payload: count))
    }
    recovered.nextSegment = segment + 1
    recovered.previousEnd = Int(place.offset)
  }

  /// The header of a segment; nil when the last segment has none and no frame: it is begun anew.
  private mutating func header(of segment: UInt32, _ bytes: RawSpan) throws -> SegmentHeader? {
    let name = JournalFileName.name(ofSegment: segment)
    do {
      return try SegmentHeader.read(bytes, segment: segment)
    } catch .foreign(let reason) {
      throw JournalDamage(path: disk.path(of: name), offset: 0, reason: reason)
    } catch .damaged {
      let start = JournalPosition(segment: segment, offset: 0)
      if segment != segments.last || JournalFrame.firstValid(in: bytes, behind: start) != nil {
        throw JournalDamage(
          path: disk.path(of: name), offset: 0, reason: "the header is damaged")
      }
      recovered.nextSegment = segment
      recovered.notes.append(
        "\(disk.path(of: name)): the header is damaged, no valid record behind it: begun anew")
      return nil
    }
  }

  /// Cuts a torn frame at the end of the last segment; throws where it is more than that.
  private mutating func cut(_ name: String, _ bytes: RawSpan, at place: JournalPosition) throws {
    let path = disk.path(of: name)
    let offset = Int(place.offset)
    guard place.segment == segments.last else {
      throw JournalDamage(path: path, offset: offset, reason: "damaged, and segments follow")
    }
    if let valid = JournalFrame.firstValid(in: bytes, behind: place) {
      throw JournalDamage(
        path: path, offset: offset,
        reason: "damaged, and a valid record follows at byte \(valid.offset)")
    }
    if repairs { try disk.open(name, .readWrite).truncate(to: offset) }
    recovered.notes.append(
      "\(path): at byte \(offset): the last \(bytes.byteCount - offset) bytes are no whole record: "
        + (repairs ? "cut" : "passed over"))
  }

  /// Makes what was replayed durable: a process that was killed leaves frames that only the page
  /// cache holds.
  private func syncLast() throws {
    guard let last = segments.last, last < recovered.nextSegment else { return }
    try disk.open(JournalFileName.name(ofSegment: last), .readWrite).syncData()
  }

  private func wrapping(_ name: String, _ offset: Int, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      throw JournalDamage(path: disk.path(of: name), offset: offset, reason: "\(error)")
    }
  }
}
