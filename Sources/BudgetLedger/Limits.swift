/// What the ledger bounds, and why.
package enum LedgerLimits {
  /// Campaigns and line items that a data folder has ever known; a number is never given again.
  package static let accounts = 1 << 20
  /// Creatives that a data folder has ever known.
  package static let creatives = 1 << 20
  /// Exchanges that a data folder has ever known: a token has 16 bits for them.
  package static let exchanges = 1 << 16
  /// Bytes of a path, a name or a landing URL: two of them fit the 16 bits of a record's length.
  package static let textBytes = 1 << 14
  /// Bids that wait for their notice at a time: 140,000 a second for a window of a minute. One more
  /// is a no-bid.
  package static let reservations = 1 << 23
  /// The most that a line item's escrow may hold, in nano-units: 140,000 units of currency, which
  /// leaves 16 bits of a word for the day.
  package static let escrowNanos: Int64 = 1 << 47
  /// The longest that a bid waits for its notice, in seconds: what an exchange asks beyond a day is
  /// cut, since that much budget would be held after every crash.
  package static let windowSeconds: UInt32 = 86_400
  /// Reservations on their way from a worker to the ledger: what a worker at 200,000 bids a second
  /// makes in a fifth of a second.
  package static let reservationsInLane = 1 << 15
  /// Notices on their way from a worker to the ledger, and answers on their way back.
  package static let noticesInLane = 1 << 13
  /// Events on their way from a worker to the event log.
  package static let eventsInLane = 1 << 15
  /// Bytes of a value in a notice's query, decoded: ten times a usual price; a longer one cannot be
  /// read.
  package static let noticeValueBytes = 128
  /// Pairs of a user and a cap whose impressions are remembered at a time: 143 MB of address space,
  /// which become memory as they are used. 350,000 users under three caps each fill it; at half of
  /// that, 1 pair in 120 finds its set of 8 full and pushes the oldest out.
  package static let capSlots = 1 << 20
  /// How often a bid looks again for a slot that another thread is about to fill, before it is
  /// refused: some 20 microseconds.
  package static let capTries = 1_000
  /// How often a booking looks again: some 20 milliseconds, since it must not be lost where the
  /// other thread was only interrupted.
  package static let capBookingTries = 1 << 20
  /// Days whose balance an account keeps: the current one, and as many before it as a bid can still
  /// be outstanding of (a window of a day, started anew by a win), and one to spare.
  package static let daysKept = 4
  /// Bytes of one group commit: a checksum over them is checked before any is believed.
  package static let frameBytes = 1 << 22
  /// Reservations that expire in one turn: 1.6 million a second, and 2 ms of a turn.
  package static let expiriesPerTurn = 1 << 14
  /// Bids that a line item which has been idle can make at once: 50 ms at 10,000 a second, in which
  /// the ledger has looked again and waited for the disk.
  package static let burstBids: Int64 = 512
  /// Line items whose escrow is looked at in one turn.
  package static let looksPerTurn = 1 << 12
  /// Line items of a campaign that are asked for idle escrow in one turn.
  package static let siblingsPerTurn = 1 << 10
  /// Bids of earlier starts that are won and not yet billed; one more is not told apart from the
  /// rest of what its start left behind.
  package static let heldWins = 1 << 20
  /// Chunks of 65,536 bids of which any was booked within the retention of notices, at most 8 KiB
  /// each: what fits a checkpoint, and 11,000 bids a second for 30 days. One more and the oldest is
  /// forgotten: notices of bids as old as its are answered, not booked, and counted `expired`.
  package static let settledChunks = 450_000
}
