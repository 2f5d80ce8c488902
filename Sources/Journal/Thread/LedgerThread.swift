import AuctionTypes
import BudgetLedger
import LinuxIO
import Telemetry

/// The one thread that owns the ledger and its journal.
///
/// Workers put reservations and notices on their lanes and signal ``wake`` for a notice whose
/// connection waits; answers come back on the lane once they are durable, and the worker's signal
/// tells. Everything that came while the disk was busy is made durable together.
package final class LedgerThread: Sendable {
  /// Wakes the thread: something is on a lane that should not wait for the next tick.
  package let wake: EventSignal
  /// What was found at the start.
  package let recovered: RecoveredJournal
  private let parts: LedgerParts
  private let thread: Thread

  /// Brings back what the journal's folder holds, and opens the ledger; it grants nothing before
  /// the first ``adopt(_:)``.
  ///
  /// Throws ``JournalDamage`` where going on would lose bookings, else the system's errors.
  ///
  /// - Parameter workerSignals: one for each lane, for answers.
  /// - Complexity: O(bytes of the newest checkpoint and of the segments since).
  package init(
    _ options: LedgerOptions, lanes: [LedgerLane], workerSignals: [EventSignal],
    cells: EscrowCells, caps: CapTable, figures: LedgerFigures
  ) throws {
    let parts = try LedgerParts(
      options, lanes: lanes, workerSignals: workerSignals, cells: cells, caps: caps,
      figures: figures)
    let wake = try EventSignal()
    let started = try Outcome<RecoveredJournal>()
    thread = try Thread(name: "nod-ledger") { Self.run(parts, wake, started) }
    self.parts = parts
    self.wake = wake
    while true {
      guard let result = try started.wait(milliseconds: 1_000) else { continue }
      recovered = try result.get()
      break
    }
  }

  /// Whether the journal can be written. Once it cannot, nothing is granted or booked until the
  /// next start.
  package var isWorking: Bool { parts.requests.isWorking }

  /// How long each group commit waited for the disk.
  package var syncDurations: DurationHistogram { parts.durations }

  /// How far the journal is durable: for a ``JournalReader``.
  package var end: JournalEnd { parts.end }

  /// Where clicks on each creative go, by its number: those of earlier documents too.
  package var creatives: [CreativePlan] { parts.requests.creatives }

  /// What the numbers of accounts, creatives and exchanges stand for: those of earlier documents
  /// too.
  package var names: LedgerNames { parts.requests.names }

  /// Puts documents in force: new names have numbers, all of it is durable, and line items that may
  /// bid have their first escrow when this returns. For any thread but the ledger's.
  ///
  /// Throws ``LedgerUnavailable`` when the journal cannot be written.
  ///
  /// - Complexity: O(accounts).
  package func adopt(_ plan: LedgerPlan) throws -> LedgerNumbers {
    let numbers = try Outcome<LedgerNumbers>()
    guard isWorking, parts.requests.add(LedgerRequests.Plan(plan: plan, numbers: numbers)) else {
      throw LedgerUnavailable()
    }
    wake.signal()
    guard let result = try numbers.wait(milliseconds: JournalLimits.planMilliseconds) else {
      throw LedgerUnavailable()
    }
    return try result.get()
  }

  /// Ends the thread cleanly: what is on the lanes is applied, escrow goes back to the budgets, and
  /// the state and the counts of frequency caps are saved. The workers have ended before.
  package func stop() {
    parts.requests.stop()
    wake.signal()
    thread.join()
  }

  private static func run(
    _ parts: LedgerParts, _ wake: EventSignal, _ started: Outcome<RecoveredJournal>
  ) {
    do {
      var poller = try Poller(capacity: 1)
      try poller.add(wake.descriptor, token: 0)
      var loop = try LedgerLoop(parts)
      try parts.keeper.start()
      started.give(.success(loop.recovered))
      while !parts.requests.isStopping {
        _ = poller.wait(timeoutMilliseconds: loop.sleepMilliseconds)
        wake.clear()
        loop.turn()
      }
      loop.finish()
    } catch {
      parts.requests.close()
      started.give(.failure(error))
    }
  }
}
