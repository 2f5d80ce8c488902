import AuctionTypes
import BidEngine
import BidServer
import BudgetLedger
import Cryptography
import Journal
import LinuxIO
import Logging
import Synchronization
import Telemetry

/// The money of a running server: the ledger with its thread and journal, the event log, and what
/// ties the workers to them.
final class LedgerService: Sendable {
  /// The folders in a data folder.
  static let journalFolder = "ledger"
  static let eventsFolder = "events"

  /// The number of this start, which bids and the ledger share; never 0.
  let boot: UInt64
  /// One for each worker: what wakes it, also for answers of the ledger.
  let workerSignals: [EventSignal]
  let figures = LedgerFigures()
  private let key: SecretFile
  private let retentionMilliseconds: Int64
  private let cells = EscrowCells()
  private let caps = CapTable()
  private let lanes: [LedgerLane]
  private let thread: LedgerThread
  private let events: EventLog
  private let planInForce = Mutex(LedgerPlan())

  /// Brings back what the journal holds; nothing is granted before the first ``adopt(_:)``.
  ///
  /// - Parameter known: what reports have taken in of the event log.
  /// - Throws: a ``CommandFailure`` that names the file and place where the journal is damaged.
  init(
    _ configuration: Configuration, workers: Int, known: EventPlace
  ) throws(CommandFailure) {
    let folder = Directory(configuration.dataDirectory)
    key = try SecretFile.readOrMake(
      configuration.bidder.noticeKeyFile, name: "bidder.notice_key_file")
    boot = max(1, SecureRandom.word())
    retentionMilliseconds = configuration.noticeRetentionMilliseconds
    lanes = (0..<workers).map { _ in LedgerLane() }
    do {
      workerSignals = try (0..<workers).map { _ throws(Errno) in try EventSignal() }
      (thread, events) = try Self.start(
        configuration, folder, boot: boot, lanes, workerSignals, cells, caps, figures, known)
    } catch let damage as JournalDamage {
      throw CommandFailure(status: .dataError, message: "\(damage)")
    } catch {
      throw CommandFailure(status: .inputOutput, message: "\(error)")
    }
  }

  private static func start(
    _ configuration: Configuration, _ folder: Directory, boot: UInt64, _ lanes: [LedgerLane],
    _ signals: [EventSignal], _ cells: EscrowCells, _ caps: CapTable, _ figures: LedgerFigures,
    _ known: EventPlace
  ) throws -> (LedgerThread, EventLog) {
    let journal = FolderDisk(folder.path(of: journalFolder))
    let eventDisk = FolderDisk(folder.path(of: eventsFolder))
    try journal.create()
    try eventDisk.create()
    let need = JournalNeed()
    var options = LedgerOptions(disk: journal, boot: boot)
    options.settings = LedgerSettings(
      retentionMilliseconds: configuration.noticeRetentionMilliseconds,
      horizonSeconds: configuration.largestWindowSeconds, lanes: lanes.count)
    options.need = need
    let logger = Logger(label: "nod.ledger")
    options.log = { logger.log(.error, .ledger, "ledger: \($0)") }
    let thread = try LedgerThread(
      options, lanes: lanes, workerSignals: signals, cells: cells, caps: caps, figures: figures)
    let events = try EventLog(
      EventLog.Options(
        disk: eventDisk, known: known,
        log: { logger.log(.error, .eventLog, "event log: \($0)") }), lanes: lanes,
      journal: journal, end: thread.end, need: need)
    return (thread, events)
  }

  /// Whether spend can be booked; once it cannot, nothing bids until the next start.
  var isWorking: Bool { thread.isWorking }

  /// Where clicks on each creative go that a document ever had.
  var landingURLs: [CreativeID: String] {
    var urls: [CreativeID: String] = [:]
    for (number, creative) in thread.creatives.enumerated() {
      urls[CreativeID(rawValue: UInt32(number))] = creative.landingURL
    }
    return urls
  }

  /// Puts budgets in force; what is paused or lowered bids no more when this returns.
  ///
  /// - Throws: a ``CommandFailure`` when the journal cannot be written.
  func adopt(_ input: ServeInput) throws(CommandFailure) -> LedgerNumbers {
    let now = WallTime(milliseconds: Clock.realtimeMilliseconds())
    let plan = LedgerPlan(input, now: now)
    do {
      let numbers = try thread.adopt(plan)
      planInForce.withLock { $0 = plan }
      return numbers
    } catch {
      throw CommandFailure(status: .inputOutput, message: "ledger: \(error)")
    }
  }

  /// Whether an advertiser ever spent, or has bids out that may.
  ///
  /// - Parameter numbers: the ledger's, as it gave them last.
  /// - Complexity: O(accounts).
  func hasSpent(_ advertiser: String, _ numbers: LedgerNumbers) -> Bool {
    numbers.accounts.contains { path, account in
      path.hasPrefix(advertiser + "/")
        && (figures.notices(account) > 0 || figures.settledNanos(account) > 0
          || figures.reservedNanos(account) > 0)
    }
  }

  /// The budgets in force.
  var plan: LedgerPlan { planInForce.withLock { $0 } }

  /// What the ledger's numbers stand for.
  var names: LedgerNames { thread.names }

  /// How far the event log is durable, and until when it holds everything.
  var durableEvents: (time: WallTime, end: JournalPosition) {
    let time = events.figures.durableTime
    return (time, events.figures.durableEnd)
  }

  /// What a worker's requests and notices are put to; for the worker's thread.
  func handler(worker: Int, _ snapshots: Snapshots, _ funnel: FunnelCounters) -> BidHandler {
    let number = UInt8(truncatingIfNeeded: worker)
    return BidHandler(
      snapshots: snapshots, worker: worker, boot: boot,
      desk: SpendingDesk(
        cells: cells, caps: caps, lane: lanes[worker], signer: NoticeSigner(key: key.bytes),
        boot: boot, worker: number),
      ledger: LedgerLink(
        lane: lanes[worker], wake: thread.wake, cells: cells, noticeKey: key.bytes,
        retentionMilliseconds: retentionMilliseconds), funnel: funnel.workers[worker])
  }

  /// What explains requests by the escrow and caps of the moment, and takes nothing from them. The
  /// notices of its bids are signed with no key that the workers take.
  func explainer(_ snapshots: Snapshots) -> Explainer {
    Explainer(
      snapshots: snapshots,
      desk: SpendingDesk(
        cells: cells, caps: caps,
        lane: LedgerLane(reservations: 2 * EngineLimits.bids, notices: 1, events: 1),
        signer: NoticeSigner(key: Array(repeating: 0, count: SecretFile.minimumBytes)), boot: 0,
        worker: 0, isSpending: false))
  }

  /// Ends it in order when the workers have ended: what is on the lanes is applied, escrow goes
  /// back to the budgets, the events are written.
  func stop() {
    thread.stop()
    events.stop()
  }

  /// What `/metrics` shows of money.
  ///
  /// - Parameter numbers: the ledger's, as it gave them last.
  func metrics(_ numbers: LedgerNumbers, _ server: BidServer) -> MetricsPage.Money {
    var money = MetricsPage.Money()
    var advertisers: [String: Int64] = [:]
    for (path, account) in numbers.accounts {
      let names = path.split(separator: "/")
      guard names.count == 2 else {
        money.escrowMicros += Money(nanos: figures.escrowNanos(account)).micros
        continue
      }
      let nanos = figures.settledNanos(account)
      advertisers[String(names[0]), default: 0] += nanos
      money.reservedMicros += Money(nanos: figures.reservedNanos(account)).micros
      money.campaignSpendMicros.append(
        (String(names[0]), String(names[1]), Money(nanos: nanos).micros))
    }
    money.spendMicros = advertisers.map { ($0.key, Money(nanos: $0.value).micros) }
      .sorted { $0.0 < $1.0 }
    money.campaignSpendMicros.sort { ($0.advertiser, $0.campaign) < ($1.advertiser, $1.campaign) }
    money.notices = server.notices { figures.count(kind: $0, result: $1) }
    money.priceProblems = PriceProblem.allCases.filter { $0 != .none }.map {
      ("\($0.name)", figures.count(problem: $0))
    }
    money.grants = figures.count(.grants)
    money.syncBuckets = thread.syncDurations.buckets
    money.syncNanoseconds = thread.syncDurations.sumNanoseconds
    money.droppedEvents =
      lanes.reduce(0) { $0 + $1.droppedEvents.load(0) }
      + events.figures.lost
    money.capEvictions = caps.evictions
    money.isLedgerWorking = isWorking
    return money
  }
}

extension Configuration {
  /// The longest that any exchange's bids wait for their notices, in whole seconds.
  var largestWindowSeconds: UInt32 {
    exchanges.map { UInt32($0.noticeWindowSeconds) }.max() ?? 1
  }
}
