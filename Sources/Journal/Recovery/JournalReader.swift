import FixedMemory
import LinuxIO

/// Follows the journal frame by frame, from a place up to where it is durable: for the event log,
/// which copies bookings from it.
package struct JournalReader: ~Copyable {
  private let disk: any JournalDisk
  private let end: JournalEnd
  private var file: (any JournalFile)?
  /// A part of the file, none of it behind the durable end.
  private var window = FixedBuffer(
    capacity: JournalFrame.byteCount(payload: JournalLimits.frameBytes))
  /// Where in the file the window starts.
  private var windowOffset = 0
  /// The place of the next frame; kept by whoever follows, to go on from after a restart.
  package private(set) var position: JournalPosition

  /// - Parameters:
  ///   - start: the place of a frame, or ``JournalPosition/start(of:)``.
  ///   - end: of the journal that is being written to the disk.
  package init(_ disk: any JournalDisk, from start: JournalPosition, end: JournalEnd) {
    self.disk = disk
    self.end = end
    position = start
  }

  /// Lends the payload of the next durable frame and moves behind it; false when there is none yet.
  ///
  /// Throws ``JournalDamage`` where the place holds no frame, the disk's `FileError`, and what the
  /// body throws; the reader stays where it was then.
  ///
  /// - Complexity: O(payload).
  package mutating func next(
    _ body: (_ payload: RawSpan, _ place: JournalPosition) throws -> Void
  ) throws -> Bool {
    let durable = end.position
    while position < durable {
      let file = try opened()
      let limit = position.segment == durable.segment ? Int(durable.offset) : try file.size()
      guard Int(position.offset) < limit else {
        go(to: .start(of: position.segment + 1))
        continue
      }
      let count = try count(file, limit: limit)
      let start = Int(position.offset) - windowOffset + JournalFrame.headBytes
      try body(window.bytes.slice(start, count), position)
      position.offset += UInt32(JournalFrame.byteCount(payload: count))
      return true
    }
    return false
  }

  private mutating func go(to place: JournalPosition) {
    position = place
    file = nil
    window.removeAll()
    windowOffset = 0
  }

  private mutating func opened() throws(FileError) -> any JournalFile {
    if let file { return file }
    let opened = try disk.open(JournalFileName.name(ofSegment: position.segment), .read)
    file = opened
    return opened
  }

  /// The payload's bytes of the frame at the place, which lies in the window then.
  private mutating func count(_ file: any JournalFile, limit: Int) throws -> Int {
    if let count = countInWindow() { return count }
    windowOffset = Int(position.offset)
    window.removeAll()
    while window.freeCapacity > 0, windowOffset + window.count < limit {
      if try file.read(at: windowOffset + window.count, into: &window) == 0 { break }
    }
    window.truncate(to: min(window.count, limit - windowOffset))
    if let count = countInWindow() { return count }
    throw JournalDamage(
      path: disk.path(of: JournalFileName.name(ofSegment: position.segment)), offset: windowOffset,
      reason: "no valid record is here")
  }

  private func countInWindow() -> Int? {
    let start = Int(position.offset) - windowOffset
    guard start >= 0, start < window.count else { return nil }
    return JournalFrame.payloadCount(
      of: window.bytes.slice(start, window.count - start), at: position)
  }
}
