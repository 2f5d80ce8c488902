import AuctionTypes
import FixedMemory

extension Ledger {
  /// Applies a durable frame of records.
  ///
  /// - Throws: ``LedgerDamage`` where one is unreadable or breaks an invariant; the ledger is of no
  ///   use then.
  /// - Precondition: ``begin(boot:time:now:)`` was not called.
  package mutating func replay(_ frame: RawSpan) throws(LedgerDamage) {
    precondition(!hasBegun)
    var offset = 0
    while offset < frame.byteCount {
      let record = try JournalRecord.read(frame, at: &offset)
      if let problem = apply(record) { throw LedgerDamage(problem) }
    }
  }

  /// Opens the ledger for a start: what the one before left in escrow is held until its bids'
  /// notices have passed.
  ///
  /// - Parameter boot: drawn at random, never zero.
  package mutating func begin(boot: UInt64, time: WallTime, now: Instant) {
    precondition(!hasBegun && boot != 0 && boot != self.boot)
    post(.boot(BootRecord(boot: boot, time: time, horizonSeconds: settings.horizonSeconds)))
    hasBegun = true
    table = ReservationTable(capacity: settings.reservations, origin: now)
    let onTheirWay = max(1, settings.lanes) * LedgerLimits.reservationsInLane
    mostLive = table.capacity - min(table.capacity / 2, onTheirWay)
    lastMoment = Moment(time: time, now: now)
    nextHousekeeping = now
    nextForgetting = now
    for index in 0..<book.count where book.names[index].parent != nil {
      show(AccountID(rawValue: UInt32(index)))
    }
  }

  /// Closes the ledger for a clean stop: what cells hold goes back to the budgets, and nothing is
  /// granted any more.
  package mutating func finish(time: WallTime) {
    isFinished = true
    for index in lines.indices where book.names[index].parent != nil {
      close(AccountID(rawValue: UInt32(index)))
    }
  }
}
