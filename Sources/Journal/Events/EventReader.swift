import AuctionTypes
import FixedMemory
import LinuxIO

/// Reads all events of a folder in the order they were written: for reports and checks.
package struct EventReader {
  private let disk: any JournalDisk

  /// - Parameter disk: the folder `DATA_DIR/events`.
  package init(_ disk: any JournalDisk) { self.disk = disk }

  /// What the files held beside events.
  package struct Summary: Sendable, Equatable {
    package var files = 0
    package var blocks = 0
    package var events = 0
    package var bytes = 0
    /// Events that were dropped since a ring or the disk was full.
    package var dropped: UInt64 = 0
    /// What could not be read: its events are lost. Also the last bytes of a file that a running
    /// server writes to.
    package var problems: [JournalDamage] = []
  }

  /// Hands over event by event. What is damaged is passed over, never refused: the rest still
  /// counts, but the events in it cannot be had from anywhere else.
  ///
  /// Throws the disk's `FileError` and what the body throws.
  ///
  /// - Complexity: O(bytes), one file in memory at a time.
  package func read(_ body: (LoggedEvent) throws -> Void) throws -> Summary {
    var summary = Summary()
    for name in try disk.list().compactMap({ EventFileName($0) }).sorted() {
      try read(name, into: &summary, body)
    }
    return summary
  }

  private func read(
    _ name: EventFileName, into summary: inout Summary, _ body: (LoggedEvent) throws -> Void
  ) throws {
    let file = try disk.contents(of: name.text, limit: JournalLimits.segmentBytes)
    summary.files += 1
    summary.bytes += file.count
    if EventFileHeader(file.bytes, number: name.number) == nil {
      note(name, 0, "the header is damaged", &summary)
    }
    var scan = EventScan(number: name.number)
    while let item = scan.next(in: file.bytes) {
      switch item {
      case .block(let block, let offset, let count):
        summary.blocks += 1
        summary.dropped += block.dropped
        try read(file.bytes.slice(offset, count), at: offset, of: name, into: &summary, body)
      case .gap(let range):
        note(name, range.lowerBound, "\(range.count) bytes are damaged, passed over", &summary)
      case .tail(let range):
        note(name, range.lowerBound, "the last \(range.count) bytes are no whole block", &summary)
      }
    }
  }

  private func read(
    _ payload: RawSpan, at start: Int, of name: EventFileName, into summary: inout Summary,
    _ body: (LoggedEvent) throws -> Void
  ) throws {
    for offset in stride(
      from: EventBlock.headBytes, to: payload.byteCount, by: LoggedEvent.byteCount)
    {
      guard let event = LoggedEvent(payload, at: offset) else {
        note(name, start + offset, "an event's field is out of range", &summary)
        continue
      }
      summary.events += 1
      try body(event)
    }
  }

  private func note(
    _ name: EventFileName, _ offset: Int, _ reason: String, _ summary: inout Summary
  ) {
    summary.problems.append(
      JournalDamage(path: disk.path(of: name.text), offset: offset, reason: reason))
  }
}
