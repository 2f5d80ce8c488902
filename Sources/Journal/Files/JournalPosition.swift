import FixedMemory

/// A place in the journal: a segment, and bytes from its start.
package struct JournalPosition: Comparable, Hashable, Sendable {
  /// Counts from 1.
  package var segment: UInt32
  package var offset: UInt32

  package init(segment: UInt32, offset: UInt32) {
    self.segment = segment
    self.offset = offset
  }

  /// The place of a segment's first frame.
  package static func start(of segment: UInt32) -> JournalPosition {
    JournalPosition(segment: segment, offset: UInt32(SegmentHeader.byteCount))
  }

  package static func < (left: JournalPosition, right: JournalPosition) -> Bool {
    left.word < right.word
  }

  /// Both numbers in one word, which grows with the journal.
  package var word: UInt64 { UInt64(segment) << 32 | UInt64(offset) }

  package init(word: UInt64) {
    segment = UInt32(word >> 32)
    offset = UInt32(truncatingIfNeeded: word)
  }
}

/// How far the journal is durable: written by the ledger thread, read by whoever follows it.
package final class JournalEnd: Sendable {
  private let cell = AtomicArray(count: 1, padded: true)

  package init(_ position: JournalPosition = JournalPosition(segment: 0, offset: 0)) {
    cell.store(position.word, at: 0)
  }

  /// The place behind the last durable frame.
  package var position: JournalPosition {
    JournalPosition(word: cell.load(0, ordering: .acquiring))
  }

  func move(to position: JournalPosition) { cell.store(position.word, at: 0) }
}
