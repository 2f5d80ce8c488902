import AuctionTypes
import BudgetLedger
import FixedMemory
import LinuxIO
import Support
import Telemetry
import Testing

@testable import Journal

/// The event log on its own thread and on a real disk.
@Suite struct EventLogTests {
  @Test func logsOnAThreadOfItsOwnOverARestart() async throws {
    let path = "/tmp/nod-events-\(UInt64.random(in: 0 ... .max))"
    defer { try? Directory(path).removeAll() }
    let notes = EventWorld.Notes()
    let read = try await onOwnThread { try Self.run(path, notes) }
    #expect(read.bookings == Array(1...50))
    #expect(read.others == Array(100..<110) + Array(200..<210))
    #expect(read.summary.problems == [])
    // How many frames the events fall into is the thread's own business; two a start is the least.
    let heads = Int(read.summary.bytes) - 70 * LoggedEvent.byteCount
    #expect(heads >= 2 * 40 + 2 * 40 && heads.isMultiple(of: 40))
    #expect(notes.all == [])
  }

  private struct Read: Sendable {
    var bookings: [UInt64] = []
    var others: [UInt64] = []
    var summary = EventReader.Summary()
  }

  private static func run(_ path: String, _ notes: EventWorld.Notes) throws -> Read {
    let disk = FolderDisk(path + "/events")
    let journal = FolderDisk(path + "/ledger")
    try disk.create()
    try journal.create()
    let end = JournalEnd()
    var writer = try JournalWriter(
      disk: journal, after: RecoveredJournal(), end: end, durations: DurationHistogram())
    for first in [1, 26] as [UInt64] {
      let lane = LedgerLane(events: 64)
      let log = try EventLog(
        EventLog.Options(disk: disk, log: { notes.add($0) }), lanes: [lane], journal: journal,
        end: end, need: JournalNeed())
      for number in 0..<10 as Range<UInt64> {
        lane.log(EventSamples.event(.bid, (first == 1 ? 100 : 200) + number))
      }
      for bid in first..<first + 25 {
        try writer.append(EventSamples.frame([bid]).rawSpan)
      }
      log.stop()
      #expect(log.figures.count(.booking) == 25)
      #expect(log.figures.durablePosition == writer.position)
    }
    var read = Read()
    read.summary = try EventReader(disk).read { event in
      let sequence = event.event.token.bid.sequence
      if event.booking == nil {
        read.others.append(sequence)
      } else {
        read.bookings.append(sequence)
      }
    }
    return read
  }
}
