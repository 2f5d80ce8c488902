import FixedMemory
import LinuxIO

/// What a folder of events held at a start.
struct RecoveredEvents: Equatable {
  /// The journal's place up to which the bookings are in the files, durably; nil without files.
  var position: JournalPosition?
  /// The number of the next file.
  var nextNumber: UInt32 = 1
  /// What was cut, removed or found damaged, in words.
  var notes: [String] = []

  /// The same, where files may be missing that a follower has taken in.
  func beyond(_ known: EventPlace?) -> RecoveredEvents {
    guard let known else { return self }
    var recovered = self
    let unread = known.file.offset > 0 ? known.file.segment + 1 : known.file.segment
    recovered.nextNumber = max(nextNumber, unread)
    if known.journal.segment > 0 {
      recovered.position = max(position ?? known.journal, known.journal)
    }
    return recovered
  }
}

/// Finds where the event log ended.
///
/// A crash tears what was not yet durable, which can be more than the last block: all of it is cut
/// from the first damage on, and the bookings in it are copied from the journal once more. Damage
/// in what was durable is noted and left; the event log is never a reason not to start.
struct EventRecovery {
  private let disk: any JournalDisk
  private var recovered = RecoveredEvents()

  init(_ disk: any JournalDisk) { self.disk = disk }

  /// - Complexity: O(bytes of the last file).
  mutating func run() throws(FileError) -> RecoveredEvents {
    let names = try disk.list()
    for name in names where name.hasPrefix("events-") && name.hasSuffix(".tmp") {
      try disk.remove(name)
      recovered.notes.append("\(disk.path(of: name)): unfinished, removed")
    }
    let files = names.compactMap { EventFileName($0) }.sorted()
    recovered.nextNumber = (files.last?.number ?? 0) + 1
    for name in files.reversed() {
      recovered.position = try position(in: name, isLast: name == files.last)
      if recovered.position != nil { break }
    }
    try disk.sync()
    return recovered
  }

  /// Up to where a file holds the bookings; nil when nothing of it is valid.
  private mutating func position(
    in name: EventFileName, isLast: Bool
  ) throws(FileError) -> JournalPosition? {
    let file = try disk.contents(of: name.text, limit: JournalLimits.segmentBytes)
    let header = EventFileHeader(file.bytes, number: name.number)
    if header == nil { note(name, "the header is damaged") }
    var found = Findings(position: header?.position)
    var scan = EventScan(number: name.number)
    while let item = scan.next(in: file.bytes) { found.add(item) }
    for damage in found.damages where damage.lowerBound < found.durableBytes {
      note(
        name,
        "at byte \(damage.lowerBound): \(damage.count) bytes are damaged: their events are lost")
    }
    guard isLast else { return found.position }
    if let cut = found.cut { try self.cut(name, at: cut, of: file.count) }
    try disk.open(name.text, .readWrite).syncData()
    return found.positionBeforeCut
  }

  private mutating func cut(
    _ name: EventFileName, at offset: Int, of count: Int
  ) throws(FileError) {
    try disk.open(name.text, .readWrite).truncate(to: offset)
    note(name, "at byte \(offset): the last \(count - offset) bytes were not durable yet: cut")
  }

  private mutating func note(_ name: EventFileName, _ text: String) {
    recovered.notes.append("\(disk.path(of: name.text)): \(text)")
  }

  /// What a walk through a file found.
  private struct Findings {
    /// Of the last valid block.
    var position: JournalPosition?
    var durableBytes = EventFileHeader.byteCount
    var damages: [Range<Int>] = []
    private var positions: [(end: Int, JournalPosition)] = []
    private let headerPosition: JournalPosition?

    init(position: JournalPosition?) {
      self.position = position
      headerPosition = position
    }

    mutating func add(_ item: EventScan.Item) {
      switch item {
      case .block(let block, let offset, let count):
        position = block.position
        durableBytes = max(durableBytes, block.durableBytes)
        let start = offset - JournalFrame.headBytes
        positions.append((start + JournalFrame.byteCount(payload: count), block.position))
      case .gap(let range), .tail(let range): damages.append(range)
      }
    }

    /// Where what a crash has torn begins.
    var cut: Int? { damages.first { $0.lowerBound >= durableBytes }?.lowerBound }

    /// Of the last valid block before the cut.
    var positionBeforeCut: JournalPosition? {
      guard let cut else { return position }
      return positions.last { $0.end <= cut }?.1 ?? headerPosition
    }
  }
}
