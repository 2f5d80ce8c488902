import AuctionTypes
import BudgetLedger
import ControlStore
import FixedMemory
import GRDB
import LinuxIO
import Support

@testable import Journal
@testable import Reporting

/// An event log that is written step by step, its follower, and what the reports should say; both
/// can end at any moment, and the log can lose what was not durable.
final class DeliveryWorld {
  /// What is expected of a line item.
  struct Expected: Equatable {
    var bids: Int64 = 0
    var wins: Int64 = 0
    var impressions: Int64 = 0
    var clicks: Int64 = 0
    var spend: Int64 = 0
    var late: Int64 = 0
  }

  static let start = WallTime(milliseconds: 1_790_000_000_000)

  let database: ControlDatabase
  let status = DeliveryStatus()
  private let folder: String
  private let disk: FolderDisk
  private let end = JournalEnd(JournalPosition(segment: 1, offset: 0))
  private let writer: Box<EventWriter>
  private var follower: Box<DeliveryFollower>?
  /// The journal: bookings in order; a place is their count.
  private var journal: [BookedRecord] = []
  private var logged = 0
  private var durableBookings = 0
  private var waiting: [(AdEvent.Kind, UInt64)] = []
  private var durableEvents: [(AdEvent.Kind, UInt64)] = []
  private var written: [(AdEvent.Kind, UInt64)] = []
  private var milliseconds: UInt64 = 0

  private final class Box<Value: ~Copyable> {
    var value: Value
    init(_ value: consuming Value) { self.value = value }
  }

  private static let fileBytes = 4_000

  init() throws {
    folder = "/tmp/nod-delivery-\(UInt64.random(in: 0 ... .max))"
    disk = FolderDisk(folder + "/events")
    try disk.create()
    database = try ControlDatabase(path: "\(folder)/\(ControlDatabase.fileName)")
    writer = Box(
      EventWriter(
        disk, nextNumber: 1, position: Self.place(0), fileBytes: Self.fileBytes))
  }

  deinit { try? Directory(folder).removeAll() }

  // MARK: What happens

  /// A bid's token: four line items, of which the last bids in tests.
  static func token(_ bid: UInt64) -> NoticeToken {
    let account = UInt32(bid % 4)
    return NoticeToken(
      bid: BidNumber(boot: 0xFFFF_0000_1234_5678, worker: UInt8(bid % 3), sequence: bid * 700),
      madeAt: WallTime(milliseconds: start.milliseconds + Int64(bid) * 400_000),
      account: AccountID(rawValue: account + 1), creative: CreativeID(rawValue: 0),
      exchange: ExchangeID(rawValue: UInt16(bid % 2)), size: Size(width: 300, height: 250),
      price: CPM(micros: 2_500_000), currency: .usd,
      rates: RatePair(source: 1_000_000_000, target: 1_000_000_000),
      day: LocalDay(rawValue: UInt16(20_717 + bid / 216)), windowSeconds: 60,
      isTest: account == 3, billOn: .billing)
  }

  /// Something is told of a bid; it is gathered, not durable.
  func tell(_ kind: AdEvent.Kind, _ bid: UInt64) {
    writer.value.append(
      AdEvent(kind: kind, token: Self.token(bid), time: now, price: CPM(micros: 1)))
    waiting.append((kind, bid))
  }

  /// A bid is booked, durably in the journal.
  func book(_ bid: UInt64, nanos: Int64, isLate: Bool = false) {
    journal.append(
      BookedRecord(
        token: Self.token(bid), paid: Money(nanos: nanos), taken: Money(nanos: nanos),
        isLate: isLate, kind: .billing, problem: .none, time: now, isOfHeld: false))
  }

  /// Copies bookings, writes and, if so, makes durable.
  func log(isDurable: Bool) throws {
    milliseconds += 1_000
    writer.value.append(Array(journal[logged...]), upTo: Self.place(journal.count))
    logged = journal.count
    try writer.value.flush(now: now, dropped: 0)
    written += waiting
    waiting = []
    if isDurable {
      try writer.value.sync()
      noteDurable()
    }
  }

  private func noteDurable() {
    durableBookings = logged
    durableEvents += written
    written = []
    end.move(to: writer.value.durableEnd)
  }

  /// The log's process ends: what is not durable is lost where the power is, bookings come again.
  func restartLog(losesPower: Bool) throws {
    let durable = writer.value.durableEnd
    if losesPower {
      for name in try disk.list().compactMap({ EventFileName($0) })
      where name.number >= durable.segment {
        try disk.open(name.text, .readWrite).truncate(
          to: name.number == durable.segment ? Int(durable.offset) : EventFileHeader.byteCount)
      }
      written = []
    }
    waiting = []
    var recovery = EventRecovery(disk)
    let recovered = try recovery.run().beyond(try DeliveryFollower.known(in: database))
    let position = recovered.position ?? Self.place(0)
    writer.value = EventWriter(
      disk, nextNumber: recovered.nextNumber, position: position, fileBytes: Self.fileBytes)
    logged = Int(position.offset)
    durableBookings = logged
    durableEvents += written
    written = []
    end.move(to: JournalPosition(segment: recovered.nextNumber, offset: 0))
  }

  /// The files of events are gone.
  func removeFiles(butLast keepsLast: Bool = false) throws {
    let names = try disk.list().compactMap { EventFileName($0) }.sorted()
    for name in keepsLast ? names.dropLast() : names { try disk.remove(name.text) }
  }

  // MARK: Following

  func startFollower() throws {
    let end = end
    follower = Box(
      try DeliveryFollower(
        DeliveryFollower.Parts(
          disk: disk, database: database, durable: { (Self.start, end.position) },
          names: { Self.names }, matched: { [] }, retentionMilliseconds: 400 * 86_400_000,
          status: status, log: { _ in })))
  }

  func stopFollower() { follower = nil }

  /// Counts; all there is where no number of steps is given.
  func follow(steps: Int = .max) {
    for _ in 0..<steps {
      milliseconds += 2_000
      guard follower?.value.step(now: now, monotonic: milliseconds * 1_000_000) == true else {
        return
      }
    }
  }

  static let names = LedgerNames(
    accounts: ["acme/k", "acme/k/a", "acme/k/b", "acme/k/c", "acme/k/t"].map {
      LedgerNames.Account(path: $0, currency: .usd, createdAt: start)
    }, creatives: ["acme/c"], exchanges: ["one", "two"])

  // MARK: What should be

  /// What reports say of each line item.
  func counted() throws -> [String: Expected] {
    var query = DeliveryQuery(scope: .all)
    query.groupBy = [.lineItem]
    let report = try ReportDesk(database: database).delivery(query)
    return Dictionary(
      uniqueKeysWithValues: report.rows.map { row in
        let figures = row.figures
        return (
          row.keys[0],
          Expected(
            bids: figures.bids, wins: figures.wins, impressions: figures.impressions,
            clicks: figures.clicks, spend: Int64(figures.spendNanos),
            late: Int64(figures.lateNanos))
        )
      })
  }

  /// How many rows the table has.
  func rows() throws -> Int {
    try database.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM delivery") ?? 0 }
  }

  /// The same from what is durable, counted plainly.
  func expected() -> [String: Expected] {
    var expected: [String: Expected] = [:]
    var won: Set<UInt64> = []
    var clicked: Set<UInt64> = []
    for (kind, bid) in durableEvents where bid % 4 != 3 {
      let name = ["a", "b", "c"][Int(bid % 4)]
      switch kind {
      case .bid: expected[name, default: Expected()].bids += 1
      case .win: if won.insert(bid).inserted { expected[name, default: Expected()].wins += 1 }
      case .click:
        if clicked.insert(bid).inserted { expected[name, default: Expected()].clicks += 1 }
      case .booking, .loss, .pixel: break
      }
    }
    for record in journal.prefix(durableBookings) {
      let bid = record.token.bid.sequence / 700
      guard bid % 4 != 3 else { continue }
      let name = ["a", "b", "c"][Int(bid % 4)]
      if won.insert(bid).inserted { expected[name, default: Expected()].wins += 1 }
      expected[name, default: Expected()].impressions += 1
      expected[name, default: Expected()].spend += record.paid.nanos
      if record.isLate { expected[name, default: Expected()].late += record.paid.nanos }
    }
    return expected
  }

  private var now: WallTime {
    WallTime(milliseconds: Self.start.milliseconds + Int64(milliseconds))
  }

  private static func place(_ bookings: Int) -> JournalPosition {
    JournalPosition(segment: 1, offset: UInt32(bookings))
  }
}
