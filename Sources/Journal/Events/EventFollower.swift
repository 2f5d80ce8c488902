import FixedMemory
import LinuxIO

/// Reads events in the order they were written, from a place on and as far as they are durable:
/// each once, for reports.
///
/// What is damaged is passed over and counted: it cannot be had from anywhere else.
package struct EventFollower: ~Copyable {
  /// What could not be read.
  package struct Losses: Sendable, Equatable {
    /// Files that were deleted before they were read.
    package var files = 0
    /// Bytes that held no events any more.
    package var damagedBytes = 0
    /// Events that the log itself says it dropped.
    package var dropped: UInt64 = 0

    /// None.
    package init() {}
  }

  /// The file that is being read.
  private struct Current {
    let name: EventFileName
    let file: any JournalFile
  }

  private let disk: any JournalDisk
  private var current: Current?
  private var buffer = FixedBuffer(capacity: JournalLimits.followedBytes)
  /// Behind what was read.
  package private(set) var place: EventPlace
  /// Since the follower was made.
  package private(set) var losses = Losses()

  /// Reads nothing yet.
  ///
  /// - Parameter disk: the folder `DATA_DIR/events`.
  package init(_ disk: any JournalDisk, after place: EventPlace) {
    self.disk = disk
    self.place = place
  }

  /// Hands over the next events, some 50,000 at most; false when there is nothing before the end.
  ///
  /// Throws the disk's `FileError`: nothing of what was handed over by this call counts then.
  ///
  /// - Parameter end: how far the files are durable, as ``EventFigures/durableEnd`` says.
  /// - Complexity: O(bytes read).
  package mutating func next(
    upTo end: JournalPosition, _ body: (LoggedEvent) -> Void
  ) throws(FileError) -> Bool {
    while place.file < end {
      guard let current = try open(upTo: end) else { return false }
      let isLast = current.name.number == end.segment
      let limit = isLast ? Int(end.offset) : try current.file.size()
      if Int(place.file.offset) < limit {
        try read(current, upTo: limit, body)
        return true
      }
      if isLast { return false }
      begin(file: current.name.number + 1)
    }
    return false
  }

  private mutating func begin(file number: UInt32) {
    current = nil
    place.file = JournalPosition(segment: number, offset: 0)
  }

  // MARK: Files

  /// The file of the place, or the next one where that was deleted; nil where none is durable.
  private mutating func open(upTo end: JournalPosition) throws(FileError) -> Current? {
    if let current { return current }
    let names = try disk.list().compactMap { EventFileName($0) }.sorted()
    guard let name = names.first(where: { $0.number >= place.file.segment }),
      JournalPosition(segment: name.number, offset: 0) < end
    else { return nil }
    let file: any JournalFile
    do throws(FileError) {
      file = try disk.open(name.text, .read)
    } catch {
      // Deleted since it was listed: the next look finds the one after it.
      if error.isMissing { return nil }
      throw error
    }
    if name.number != place.file.segment {
      losses.files += try missing(before: name, file)
      begin(file: name.number)
    }
    let opened = Current(name: name, file: file)
    current = opened
    return opened
  }

  /// The files between the place and the next that is there. One that was read to its last booking
  /// is not missed.
  private func missing(
    before name: EventFileName, _ file: any JournalFile
  ) throws(FileError) -> Int {
    let count = Int(name.number - place.file.segment)
    guard count == 1, place.file.offset > 0 else { return count }
    var head = FixedBuffer(capacity: EventFileHeader.byteCount)
    _ = try file.read(at: 0, into: &head)
    let header = EventFileHeader(head.bytes, number: name.number)
    return header?.position == place.journal ? 0 : count
  }

  // MARK: Blocks

  private mutating func read(
    _ current: Current, upTo limit: Int, _ body: (LoggedEvent) -> Void
  ) throws(FileError) {
    let header = UInt32(EventFileHeader.byteCount)
    place.file.offset = max(place.file.offset, header)
    let start = Int(place.file.offset)
    try fill(from: current.file, at: start, upTo: limit)
    Self.take(buffer, &place, &losses, body)
    if Int(place.file.offset) == start, start < limit {
      try passOver(current.name, upTo: limit)
    }
  }

  private mutating func fill(
    from file: any JournalFile, at offset: Int, upTo limit: Int
  ) throws(FileError) {
    buffer.removeAll()
    while buffer.freeCapacity > 0, offset + buffer.count < limit {
      if try file.read(at: offset + buffer.count, into: &buffer) == 0 { break }
    }
    if offset + buffer.count > limit { buffer.truncate(to: max(0, limit - offset)) }
  }

  /// All whole blocks at the front of the buffer.
  private static func take(
    _ buffer: borrowing FixedBuffer, _ place: inout EventPlace, _ losses: inout Losses,
    _ body: (LoggedEvent) -> Void
  ) {
    let bytes = buffer.bytes
    var consumed = 0
    while let count = JournalFrame.payloadCount(
      of: bytes.slice(consumed, bytes.byteCount - consumed), at: place.file)
    {
      take(bytes.slice(consumed + JournalFrame.headBytes, count), &place, &losses, body)
      let whole = JournalFrame.byteCount(payload: count)
      consumed += whole
      place.file.offset += UInt32(whole)
    }
  }

  private static func take(
    _ payload: RawSpan, _ place: inout EventPlace, _ losses: inout Losses,
    _ body: (LoggedEvent) -> Void
  ) {
    guard let block = EventBlock(payload) else {
      losses.damagedBytes += payload.byteCount
      return
    }
    losses.dropped &+= block.dropped
    place.journal = block.position
    for offset in stride(
      from: EventBlock.headBytes, to: payload.byteCount, by: LoggedEvent.byteCount)
    {
      if let event = LoggedEvent(payload, at: offset) {
        body(event)
      } else {
        losses.damagedBytes += LoggedEvent.byteCount
      }
    }
  }

  /// Goes on at the next block behind damaged bytes, or at the end.
  private mutating func passOver(_ name: EventFileName, upTo limit: Int) throws(FileError) {
    let file = try disk.contents(of: name.text, limit: JournalLimits.segmentBytes)
    let next = JournalFrame.firstValid(
      in: file.bytes.slice(0, min(limit, file.count)), behind: place.file)
    let offset = next?.offset ?? UInt32(limit)
    losses.damagedBytes += Int(offset - place.file.offset)
    place.file.offset = offset
  }
}
