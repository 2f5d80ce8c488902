import BudgetLedger
import FixedMemory
import LinuxIO

/// Reads the bookings of the journal, frame by frame.
struct BookingFollower: ~Copyable {
  private var reader: JournalReader
  /// Those of the last frame.
  private(set) var bookings: [BookedRecord] = []

  init(_ disk: any JournalDisk, from start: JournalPosition, end: JournalEnd) {
    reader = JournalReader(disk, from: start, end: end)
  }

  /// The place behind the last frame.
  var position: JournalPosition { reader.position }

  /// Reads the bookings of the next durable frame; false when there is none yet.
  ///
  /// Throws as ``JournalReader/next(_:)`` and the records do.
  ///
  /// - Complexity: O(records).
  mutating func next() throws -> Bool {
    var found: [BookedRecord] = []
    let isThere = try reader.next { payload, _ in
      var offset = 0
      while offset < payload.byteCount {
        if case .booked(let record) = try JournalRecord.read(payload, at: &offset) {
          found.append(record)
        }
      }
    }
    bookings = found
    return isThere
  }
}

extension BookingFollower {
  /// Where to begin, and what is missing: where the event log ended, unless the journal does not
  /// hold that any more.
  ///
  /// - Parameter recorded: up to where the event log holds the bookings; nil when it is empty.
  static func start(
    _ disk: any JournalDisk, recorded: JournalPosition?, end: JournalEnd
  ) throws(FileError) -> (JournalPosition, note: String?) {
    let segments = try disk.list().compactMap { name -> UInt32? in
      if case .segment(let number) = JournalFileName(name) { number } else { nil }
    }
    let oldest = JournalPosition.start(of: segments.min() ?? max(1, end.position.segment))
    guard let recorded else { return (oldest, nil) }
    if recorded > end.position {
      return (oldest, "the event log is ahead of the journal: followed from its start")
    }
    if recorded.segment < oldest.segment {
      return (
        oldest,
        "the event log misses the bookings of segments \(recorded.segment) to \(oldest.segment - 1)"
      )
    }
    return (recorded, nil)
  }
}
