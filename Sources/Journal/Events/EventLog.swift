import AuctionTypes
import BudgetLedger
import LinuxIO
import Synchronization

/// The event log: what happened to every bid, as files of checksummed blocks under
/// `DATA_DIR/events`.
///
/// Its thread takes bids, wins, losses, clicks and pixels from the lanes' rings, where a full ring
/// drops and counts them, and bookings from the budget journal, so that they are in the log once
/// each, after any crash. Other events can be lost: those of the last second when the process is
/// killed, of the last seconds when the machine is. A full disk stops neither bids nor bookings:
/// the bookings wait in the journal, which keeps the segments that are still needed.
///
/// 104 bytes an event; a file ends at 64 MiB and at midnight UTC.
package final class EventLog: Sendable {
  /// Where it writes, and what it asks and tells.
  package struct Options: Sendable {
    /// `DATA_DIR/events`; it must exist.
    package var disk: any JournalDisk
    /// Whole files older than so many days are deleted, but never the newest.
    package var retentionDays: Int
    /// What a follower has taken in already: files that were deleted are neither numbered nor told
    /// once more.
    package var known: EventPlace?
    package var now: @Sendable () -> WallTime
    /// Told of what went wrong, in words, once each time.
    package var log: @Sendable (String) -> Void

    package init(
      disk: any JournalDisk, retentionDays: Int = 30, known: EventPlace? = nil,
      now: @escaping @Sendable () -> WallTime = {
        WallTime(milliseconds: Clock.realtimeMilliseconds())
      }, log: @escaping @Sendable (String) -> Void = { _ in }
    ) {
      self.disk = disk
      self.retentionDays = retentionDays
      self.known = known
      self.now = now
      self.log = log
    }
  }

  /// What was logged and what failed.
  package let figures: EventFigures
  private let shared: Shared
  private let thread: Thread

  /// What its thread and others touch.
  private final class Shared: Sendable {
    let isStopping = Atomic(false)
    let wake: EventSignal

    init() throws(Errno) { wake = try EventSignal() }
  }

  /// Finds where the files end, cuts what a crash has torn, and starts the thread.
  ///
  /// Throws the disk's `FileError`, or `Errno` where there is no thread to be had. Damage is told,
  /// never thrown.
  ///
  /// - Parameters:
  ///   - journal: the folder of the budget journal, already recovered.
  ///   - end: how far it is durable.
  ///   - need: is told which of its segments are still needed.
  /// - Complexity: O(bytes of the last file), some 30 ms.
  package init(
    _ options: Options, lanes: [LedgerLane], journal: any JournalDisk, end: JournalEnd,
    need: JournalNeed
  ) throws {
    var recovery = EventRecovery(options.disk)
    let recovered = try recovery.run().beyond(options.known)
    let (start, note) = try BookingFollower.start(
      journal, recorded: recovered.position, end: end)
    for text in recovered.notes + (note.map { [$0] } ?? []) { options.log(text) }
    need.require(from: start.segment)
    figures = EventFigures()
    figures.set(
      durableEnd: JournalPosition(segment: recovered.nextNumber, offset: 0))
    shared = try Shared()
    let parts = EventCollector.Parts(
      disk: options.disk, lanes: lanes, journal: journal, end: end, need: need, figures: figures,
      retentionDays: options.retentionDays, log: options.log)
    let (shared, nextNumber, now) = (shared, recovered.nextNumber, options.now)
    thread = try Thread(name: "nod-events", priority: .background) {
      var collector = EventCollector(parts, nextNumber: nextNumber, start: start)
      Self.run(&collector, shared, now)
    }
  }

  /// Takes in what is left and ends the thread; call it when workers and ledger have ended.
  package func stop() {
    shared.isStopping.store(true, ordering: .releasing)
    shared.wake.signal()
    thread.join()
  }

  private static func run(
    _ collector: inout EventCollector, _ shared: Shared, _ now: @Sendable () -> WallTime
  ) {
    var poller: Poller
    do {
      poller = try Poller(capacity: 1)
      try poller.add(shared.wake.descriptor, token: 0)
    } catch {
      preconditionFailure("no descriptor for the event log's thread: \(error)")
    }
    while !shared.isStopping.load(ordering: .acquiring) {
      let hasMore = collector.step(now: now(), monotonic: Clock.monotonicNanoseconds())
      let pause = hasMore ? 0 : JournalLimits.eventPollMilliseconds
      _ = poller.wait(timeoutMilliseconds: pause)
    }
    collector.finish(now: now())
  }
}
