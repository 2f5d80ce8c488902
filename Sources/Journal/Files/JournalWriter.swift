import FixedMemory
import LinuxIO
import Telemetry

/// Writes the journal, one frame after the other: each is durable before the next is begun, so a
/// crash tears at most the last.
struct JournalWriter: ~Copyable {
  private let disk: any JournalDisk
  private let end: JournalEnd
  private let durations: DurationHistogram
  private var file: any JournalFile
  private var frame: FixedBuffer
  /// Where the next frame goes.
  private(set) var position: JournalPosition
  /// Whether a call failed: nothing is written any more.
  private(set) var isBroken = false

  /// Begins the segment behind what was recovered.
  ///
  /// - Parameters:
  ///   - end: is told how far the journal is durable.
  ///   - durations: is told how long each wait for the disk took.
  ///   - frameBytes: of the longest payload.
  init(
    disk: any JournalDisk, after recovered: RecoveredJournal, end: JournalEnd,
    durations: DurationHistogram, frameBytes: Int = JournalLimits.frameBytes
  ) throws(FileError) {
    let frameBytes = min(frameBytes, JournalLimits.frameBytes)
    frame = FixedBuffer(capacity: JournalFrame.byteCount(payload: frameBytes))
    self.disk = disk
    self.end = end
    self.durations = durations
    file = try Self.begin(recovered.nextSegment, after: recovered.previousEnd, disk)
    position = .start(of: recovered.nextSegment)
    end.move(to: position)
  }

  /// Makes a payload durable; when it throws, nothing can be written any more, and at the next
  /// start the payload may be there or not.
  ///
  /// - Complexity: O(payload).
  mutating func append(_ payload: RawSpan) throws(FileError) {
    try requireWorking()
    guard JournalFrame.byteCount(payload: payload.byteCount) <= frame.capacity,
      JournalFrame.seal(payload, at: position, into: &frame),
      Int(position.offset) + frame.count <= JournalLimits.segmentBytes
    else {
      isBroken = true
      throw .tooLarge("write", disk.path(of: JournalFileName.name(ofSegment: position.segment)))
    }
    do {
      try file.write(frame.bytes, at: Int(position.offset))
      let start = Clock.monotonicNanoseconds()
      try file.syncData()
      durations.record(nanoseconds: Clock.monotonicNanoseconds() &- start)
    } catch {
      abandon()
      throw error
    }
    position.offset += UInt32(frame.count)
    end.move(to: position)
  }

  /// Begins the next segment; when it throws, nothing can be written any more.
  mutating func rotate() throws(FileError) {
    try requireWorking()
    let next = position.segment + 1
    do {
      file = try Self.begin(next, after: Int(position.offset), disk)
    } catch {
      isBroken = true
      throw error
    }
    position = .start(of: next)
    end.move(to: position)
  }

  /// Cuts what is not durable, where the disk still lets it.
  private mutating func abandon() {
    isBroken = true
    do {
      try file.truncate(to: Int(position.offset))
      try file.syncData()
    } catch {
      // The next start finds what is left: a frame that is whole counts, any other is cut.
    }
  }

  private func requireWorking() throws(FileError) {
    guard !isBroken else {
      throw FileError(
        operation: "write", path: disk.path(of: JournalFileName.name(ofSegment: position.segment)),
        code: Errno.inputOutput.rawValue)
    }
  }

  private static func begin(
    _ segment: UInt32, after previousEnd: Int, _ disk: any JournalDisk
  ) throws(FileError) -> any JournalFile {
    let name = JournalFileName.name(ofSegment: segment)
    try disk.put(name, [SegmentHeader(segment: segment, previousEnd: previousEnd).bytes])
    return try disk.open(name, .readWrite)
  }
}
