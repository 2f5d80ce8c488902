import AuctionTypes
import BudgetLedger
import FixedMemory

/// What the event log counts: written by its thread, read by anyone.
package final class EventFigures: Sendable {
  /// Cells: events by kind, then lost ones, failures, whether it fails now, the journal's place up
  /// to which bookings are durable, the durable end of the files, and the time of all that is.
  private let cells = AtomicArray(count: AdEvent.Kind.allCases.count + 6)

  package init() {}

  /// Events gathered for the files since the start.
  package func count(_ kind: AdEvent.Kind) -> UInt64 { cells.load(Int(kind.rawValue)) }

  /// Events that a failed wait for the disk has lost; those that found a ring full are counted in
  /// ``LedgerLane/droppedEvents``.
  package var lost: UInt64 { cells.load(Self.lostCell) }

  /// Writes, waits and reads that failed.
  package var failures: UInt64 { cells.load(Self.lostCell + 1) }

  /// Whether the last one failed: bookings wait in the journal, other events in their rings.
  package var isFailing: Bool { cells.load(Self.lostCell + 2) != 0 }

  /// Bookings of the journal that are durable in the files, by the place behind them.
  package var durablePosition: JournalPosition {
    JournalPosition(word: cells.load(Self.lostCell + 3, ordering: .acquiring))
  }

  /// How far the files are durable: what is before will never change. The segment is the number of
  /// a file.
  package var durableEnd: JournalPosition {
    JournalPosition(word: cells.load(Self.lostCell + 4, ordering: .acquiring))
  }

  /// All events that were told before are durable, up to the ``durableEnd`` that is read after
  /// this.
  package var durableTime: WallTime {
    let word = cells.load(Self.lostCell + 5, ordering: .acquiring)
    return WallTime(milliseconds: Int64(bitPattern: word))
  }

  private static var lostCell: Int { AdEvent.Kind.allCases.count }

  func add(_ kind: AdEvent.Kind, _ count: Int = 1) {
    cells.addOwned(UInt64(count), at: Int(kind.rawValue))
  }

  func add(lost: UInt64) { cells.addOwned(lost, at: Self.lostCell) }

  func addFailure() { cells.addOwned(1, at: Self.lostCell + 1) }

  func set(isFailing: Bool) { cells.store(isFailing ? 1 : 0, at: Self.lostCell + 2) }

  func set(durable position: JournalPosition) {
    cells.store(position.word, at: Self.lostCell + 3)
  }

  func set(durableEnd end: JournalPosition) { cells.store(end.word, at: Self.lostCell + 4) }

  func set(durableTime time: WallTime) {
    cells.store(UInt64(bitPattern: time.milliseconds), at: Self.lostCell + 5)
  }
}
