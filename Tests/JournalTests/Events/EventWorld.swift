import AuctionTypes
import BudgetLedger
import FixedMemory
import LinuxIO
import Synchronization
import Testing

@testable import Journal

/// A journal that books, lanes that tell, and an event log that is driven step by step; its disk
/// can fail and its process end.
final class EventWorld {
  private(set) var disk: SimulatedDisk
  let journal = SimulatedDisk()
  private let end = JournalEnd()
  let lanes = [LedgerLane(events: 16), LedgerLane(events: 16)]
  let need = JournalNeed()
  private(set) var figures = EventFigures()
  private let writer: Box<JournalWriter>
  private var collector: Box<EventCollector>?
  private(set) var milliseconds: Int64 = 0
  /// The bids that were booked, durably.
  private(set) var booked: [UInt64] = []
  /// The bids whose events were told.
  private(set) var told: [UInt64] = []
  private var next: UInt64 = 1
  let notes = Notes()
  var retentionDays = 30

  /// Words of the event log.
  final class Notes: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
  }

  private final class Box<Value: ~Copyable> {
    var value: Value
    init(_ value: consuming Value) { self.value = value }
  }

  init(disk: SimulatedDisk = SimulatedDisk()) throws {
    self.disk = disk
    writer = Box(try journal.writer(after: RecoveredJournal(), end: end))
  }

  var now: WallTime { WallTime(milliseconds: EventSamples.start.milliseconds + milliseconds) }

  /// Starts the event log as a process would; throws what a start throws.
  func start() throws {
    var recovery = EventRecovery(disk)
    let recovered = try recovery.run()
    let (start, note) = try BookingFollower.start(
      journal, recorded: recovered.position, end: end)
    for text in recovered.notes { notes.add(text) }
    if let note { notes.add(note) }
    need.require(from: start.segment)
    figures = EventFigures()
    let notes = notes
    collector = Box(
      EventCollector(
        EventCollector.Parts(
          disk: disk, lanes: lanes, journal: journal, end: end, need: need, figures: figures,
          retentionDays: retentionDays, log: { notes.add($0) }),
        nextNumber: recovered.nextNumber, start: start))
  }

  /// Ends the process without a word; what it held is gone, and so is what its rings held.
  func crash(to disk: SimulatedDisk) {
    collector = nil
    self.disk = disk
    for lane in lanes { while lane.events.pop() != nil {} }
  }

  /// Lets time pass and the event log work.
  @discardableResult
  func step(after milliseconds: Int64) -> Bool {
    self.milliseconds += milliseconds
    let monotonic = UInt64(self.milliseconds + 1_000_000) * 1_000_000
    let hasMore = collector?.value.step(now: now, monotonic: monotonic) ?? false
    removeReplaced()
    return hasMore
  }

  /// Steps until there is nothing more to do.
  func settle() { while step(after: 0) {} }

  func finish() {
    collector?.value.finish(now: now)
    collector = nil
  }

  /// One frame of the journal with so many bookings.
  func book(_ count: Int) throws {
    let bids = (0..<count).map { next + UInt64($0) }
    next += UInt64(count)
    try writer.value.append(EventSamples.frame(bids).rawSpan)
    booked += bids
  }

  func rotateJournal() throws { try writer.value.rotate() }

  /// Tells of an event at a lane.
  func tell(_ kind: AdEvent.Kind, lane: Int = 0) {
    lanes[lane].log(EventSamples.event(kind, next))
    told.append(next)
    next += 1
  }

  /// What a reader finds.
  func read() throws -> (bookings: [UInt64], others: [UInt64], summary: EventReader.Summary) {
    var bookings: [UInt64] = []
    var others: [UInt64] = []
    let summary = try EventReader(disk).read { event in
      let sequence = event.event.token.bid.sequence
      if event.booking == nil { others.append(sequence) } else { bookings.append(sequence) }
    }
    return (bookings, others, summary)
  }

  /// The segments of the journal that nobody needs are removed, as after a checkpoint.
  private func removeReplaced() {
    let kept = min(need.segment, end.position.segment)
    for segment in 1..<max(1, kept) {
      try? journal.remove(JournalFileName.name(ofSegment: segment))
    }
  }
}
