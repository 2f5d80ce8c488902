import AuctionTypes
import BudgetLedger
import FixedMemory
import LinuxIO

/// Gathers events into blocks and writes them.
///
/// A block holds bookings and the journal's place behind them, so they are in the files both or not
/// at all. What fails stays gathered and is tried again; what the disk may have lost in a failed
/// wait is cut and has to be gathered again.
struct EventWriter: ~Copyable {
  private let disk: any JournalDisk
  /// The most that a file holds, unless one block is more.
  private let fileBytes: Int
  private var file: (any JournalFile)?
  private var day = UTCDay(number: 0)
  private var nextNumber: UInt32
  /// The end of the file, and what of it is durable.
  private var offset = 0
  private var durableOffset = 0
  private var block = FixedBuffer(capacity: JournalLimits.frameBytes)
  private var frame = FixedBuffer(
    capacity: JournalFrame.byteCount(payload: JournalLimits.frameBytes))
  /// Up to where the journal's bookings are gathered, written, and durable.
  private var gathered: Mark
  private var written: Mark
  private var durable: Mark
  /// Whether a wait for the disk failed: nothing is known of what was written since the last.
  private(set) var isUncertain = false
  /// Whether events were lost that no block tells of yet.
  private var hasLost = false

  /// How far something has come.
  private struct Mark {
    var position: JournalPosition
    /// Events that were gathered, but bookings.
    var events: UInt64 = 0
    /// Dropped events that a block tells of.
    var dropped: UInt64 = 0
  }

  /// Writes nothing before the first block.
  init(
    _ disk: any JournalDisk, nextNumber: UInt32, position: JournalPosition,
    fileBytes: Int = JournalLimits.eventFileBytes
  ) {
    self.disk = disk
    self.fileBytes = fileBytes
    self.nextNumber = nextNumber
    gathered = Mark(position: position)
    written = gathered
    durable = gathered
  }

  /// The journal's place up to which the bookings are durable here.
  var durablePosition: JournalPosition { durable.position }

  /// How far the files are durable, by a file's number: files of earlier starts are as a whole.
  var durableEnd: JournalPosition {
    guard file != nil else { return JournalPosition(segment: nextNumber, offset: 0) }
    return JournalPosition(segment: nextNumber - 1, offset: UInt32(durableOffset))
  }

  /// Whether events are gathered that are not written yet.
  var hasUnwritten: Bool { !block.isEmpty }

  /// Whether all that was written is durable.
  var isDurable: Bool { !isUncertain && offset == durableOffset }

  /// Whether a block should be written before more is gathered.
  var isFull: Bool { block.count >= JournalLimits.eventBlockBytes }

  /// Whether something waits to be written: events, that a segment of the journal is done with, or
  /// that events were lost.
  var isWaiting: Bool {
    !block.isEmpty || hasLost || gathered.position.segment > written.position.segment
  }

  /// Whether so many more events fit the block.
  func hasRoom(for count: Int) -> Bool {
    let head = block.isEmpty ? EventBlock.headBytes : 0
    return head + count * LoggedEvent.byteCount <= block.freeCapacity
  }

  // MARK: Gathering

  /// - Precondition: ``hasRoom(for:)`` one.
  mutating func append(_ event: AdEvent) {
    beginBlock()
    LoggedEvent(event).write(into: &block)
    gathered.events += 1
  }

  /// Adds the bookings of the journal up to a place.
  ///
  /// - Precondition: ``hasRoom(for:)`` them.
  mutating func append(_ bookings: [BookedRecord], upTo position: JournalPosition) {
    if !bookings.isEmpty { beginBlock() }
    for booking in bookings { LoggedEvent(booking).write(into: &block) }
    precondition(!block.overflowed)
    gathered.position = position
  }

  private mutating func beginBlock() {
    guard block.isEmpty else { return }
    for _ in 0..<EventBlock.headBytes { block.append(0) }
  }

  // MARK: Writing

  /// Writes what is gathered; when it throws, it stays gathered.
  ///
  /// - Parameter dropped: events that were dropped until now.
  /// - Complexity: O(bytes).
  mutating func flush(now: WallTime, dropped: UInt64) throws(FileError) {
    guard isWaiting, !isUncertain else { return }
    beginBlock()
    let file = try fileForBlock(now)
    EventBlock(
      position: gathered.position, durableBytes: durableOffset,
      dropped: dropped - written.dropped
    ).write(into: &block)
    let place = JournalPosition(segment: nextNumber - 1, offset: UInt32(offset))
    Self.seal(block, at: place, into: &frame)
    try file.write(frame.bytes, at: offset)
    offset += frame.count
    gathered.dropped = dropped
    written = gathered
    hasLost = false
    block.removeAll()
  }

  private static func seal(
    _ block: borrowing FixedBuffer, at place: JournalPosition, into frame: inout FixedBuffer
  ) {
    let isSealed = JournalFrame.seal(block.bytes, at: place, into: &frame)
    precondition(isSealed)
  }

  /// Waits until all that was written is on the disk.
  mutating func sync() throws(FileError) {
    guard let file, offset > durableOffset, !isUncertain else { return }
    do throws(FileError) {
      try file.syncData()
    } catch {
      isUncertain = true
      throw error
    }
    durableOffset = offset
    durable = written
  }

  /// Cuts what a failed wait has left uncertain, and forgets what is gathered: the bookings have to
  /// be read from ``durablePosition`` on once more. Returns the other events that are lost.
  mutating func rollBack() throws(FileError) -> UInt64 {
    if let file {
      try file.truncate(to: durableOffset)
      try file.syncData()
    }
    let lost = gathered.events - durable.events
    hasLost = hasLost || lost > 0
    offset = durableOffset
    gathered.position = durable.position
    gathered.events = durable.events
    gathered.dropped = durable.dropped
    written = durable
    block.removeAll()
    isUncertain = false
    return lost
  }

  /// The file for the gathered block: another one after midnight, and when this one is full.
  private mutating func fileForBlock(_ now: WallTime) throws(FileError) -> any JournalFile {
    let today = UTCDay(of: now)
    let end = offset + JournalFrame.byteCount(payload: block.count)
    if let file, today <= day, end <= fileBytes || isEmptyFile {
      return file
    }
    try sync()
    return try begin(today)
  }

  private var isEmptyFile: Bool { offset == EventFileHeader.byteCount }

  private mutating func begin(_ today: UTCDay) throws(FileError) -> any JournalFile {
    let name = EventFileName(day: today, number: nextNumber).text
    let header = EventFileHeader(number: nextNumber, position: durable.position)
    try disk.put(name, [header.bytes])
    let opened = try disk.open(name, .readWrite)
    file = opened
    day = today
    nextNumber += 1
    offset = EventFileHeader.byteCount
    durableOffset = offset
    return opened
  }

  // MARK: Retention

  /// Deletes files whose events are all older than a number of days, but never the newest one,
  /// which holds the place in the journal. Returns how many.
  ///
  /// - Complexity: O(files).
  func removeOld(now: WallTime, retentionDays: Int) throws(FileError) -> Int {
    let oldest = UTCDay(number: UTCDay(of: now).number - Int64(retentionDays))
    let files = try disk.list().compactMap { EventFileName($0) }.sorted()
    var removed = 0
    for name in files.dropLast() where name.day < oldest {
      try disk.remove(name.text)
      removed += 1
    }
    return removed
  }
}
