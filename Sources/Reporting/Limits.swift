/// What reports are bounded by, and why.
package enum ReportLimits {
  /// Rows of an answer: a page of a spreadsheet.
  package static let rows = 100_000
  /// Milliseconds between two looks at the event log: with the second in which events are written
  /// and the one in which they become durable, a report is less than three behind.
  package static let pollMilliseconds: Int32 = 250
  /// Milliseconds after a failure before the next attempt.
  package static let retryMilliseconds: UInt64 = 1_000
  /// Milliseconds between two looks at the counters of matched requests: what a crash loses of
  /// them.
  package static let matchedMilliseconds: UInt64 = 5_000
  /// Milliseconds between two rounds of folding and forgetting.
  package static let upkeepMilliseconds: UInt64 = 3_600_000
  /// Days whose hours are kept; the rows of a day before that are folded into one, with all sums.
  package static let hourlyDays = 400
  /// Bids of one row of those that were seen: at most 12 KiB, and a transaction changes few.
  package static let bidsInChunk = 4_096
  /// Rows of bids that were seen, of 400 million bids: at most 1.2 GB, a tenth of that where one
  /// bid in ten has a notice. The oldest are forgotten first; a notice of theirs that comes once
  /// more counts once more, a billing excepted, which the ledger books once.
  package static let seenChunks = 100_000
  /// Milliseconds that events may lie between their time and a ring of the event log: a worker's
  /// turn and a group commit, on a machine that is busy.
  package static let settlingMilliseconds: Int64 = 500
}
