import AuctionTypes
import AudienceIndex
import AudienceIngest
import BidEngine
import BidServer
import BudgetLedger
import CampaignDocuments
import ControlPlane
import ControlStore
import Foundation
import LinuxIO
import Logging
import Synchronization
import Telemetry

/// The running server: owns the parts, which start in the order of the properties. What takes
/// things in stops first, then what answers, then what keeps.
final class Server: Sendable {
  private let folder: DataFolder
  private let ledger: LedgerService
  private let reports: ReportService
  private let numbers = NumbersInForce()
  private let advertisers = AdvertisersInForce()
  private let snapshots: Snapshots
  /// What the workers count of line items.
  private let funnel: FunnelCounters
  private let history: FunnelHistory
  private let explain: ExplainService
  private let bidServer: BidServer
  private let store: AudienceStore
  private let ingest: IngestThread
  private let access: AccessControl
  private let publication: Publication
  private let documents: DocumentDesk
  /// What the control plane was given.
  let controlParts: ControlParts
  private let audiences: AudienceService
  private let control: ControlService
  private let controlPort: UInt16
  /// When open connections are cut while stopping, so that the ledger has its second of the five.
  private static let drainMilliseconds = 3_000
  /// What it says of itself.
  let state: ServerState
  private let logger = Logger(label: "nod")

  /// Starts everything; `/readyz` answers 503 until all is there.
  /// - Throws: a ``CommandFailure`` that says what stands in the way.
  init(_ input: ServeInput) throws {
    let configuration = input.configuration
    let traffic = ControlTraffic()
    let state = ServerState(folder: configuration.dataDirectory)
    self.state = state
    folder = try DataFolder(configuration.dataDirectory)
    let workers = configuration.bidder.workers.count
    let (database, known) = try Behind.run {
      let database = try Self.openDatabase(configuration)
      return (database, try ReportService.known(in: database))
    }
    ledger = try LedgerService(configuration, workers: workers, known: known)
    let snapshots = Snapshots(
      bidding: BiddingSnapshot(
        input.withoutDocuments,
        MoneyInput(landingURLs: ledger.landingURLs, port: configuration.bidder.listen.port),
        registry: SegmentRegistry(), key: HashKey(first: 0, second: 0),
        generation: 1),
      audience: .empty(), workers: workers)
    self.snapshots = snapshots
    funnel = FunnelCounters(workers: workers)
    reports = try ReportService(configuration, database, ledger, numbers, funnel)
    bidServer = try Self.listen(configuration, snapshots, ledger, funnel)
    history = FunnelHistory(
      funnel, start: Instant(nanoseconds: Clock.monotonicNanoseconds()))
    let ledger = ledger
    explain = try ExplainService { ledger.explainer(snapshots) }
    store = try Self.openStore(configuration)
    store.attach { snapshots.audience.publish($0) }
    let relay = ReportRelay()
    ingest = try IngestThread(
      configuration, store: store, snapshots: snapshots, onReport: { relay.send($0) })
    let publication = Publication(
      input, ledger: ledger, snapshots: snapshots, store: store, numbers: numbers,
      port: bidServer.port)
    self.publication = publication
    let port = DocumentPort(publication, ledger: ledger, numbers: numbers)
    let metrics = Self.metrics(
      bidServer, ledger, reports, numbers, store, ingest.counters, configuration, state, traffic)
    let (advertisers, store, ingest) = (advertisers, store, ingest)
    let (explain, funnel) = (explain.port(configuration), FunnelPort(history, numbers))
    let reports = reports.desk
    // All that serves bids has its threads now; those of the control plane go behind them.
    (documents, access, audiences, controlParts, control, controlPort) = try Behind.run {
      let documents = try DocumentDesk(database: database, advertisers: advertisers, port: port)
      try Self.apply(input, documents, publication)
      let audiences = try AudienceService(
        configuration, database: database, store: store, ingest: ingest, relay: relay)
      let access = try AccessControl(
        database: database, administratorToken: try configuration.control.administratorToken())
      var parts = ControlParts(
        database: database, access: access, advertisers: advertisers, documents: documents,
        metrics: metrics, reports: reports, traffic: traffic)
      parts.explain = explain
      parts.funnel = funnel
      parts.uploads = audiences.desk
      let (control, controlPort) = try ControlService.started(
        at: configuration.control.listen, parts)
      return (documents, access, audiences, parts, control, controlPort)
    }
    bidServer.setReady(true)
  }

  /// What is in force.
  var input: ServeInput { publication.input }

  /// The line that says that all is up.
  var readyLine: String {
    "nod \(Release.version) ready: bidder \(bidderAddress), control \(controlAddress), "
      + "\(bidServer.workerCount) workers, \(store.info.userCount) users, "
      + "\(input.documents.lineItemCount) line items"
  }

  /// The same by name.
  var readyFields: [String: String] {
    [
      "version": Release.version, "bidder": "\(bidderAddress)", "control": "\(controlAddress)",
      "workers": "\(bidServer.workerCount)", "users": "\(store.info.userCount)",
      "line_items": "\(input.documents.lineItemCount)",
    ]
  }

  private var bidderAddress: ListenAddress {
    ListenAddress(host: input.configuration.bidder.listen.host, port: bidServer.port)
  }

  private var controlAddress: ListenAddress {
    ListenAddress(host: input.configuration.control.listen.host, port: controlPort)
  }

  /// Lets what a configuration and its documents say take effect, without a pause; documents that
  /// came by the API stay in force beside them.
  func publish(_ input: ServeInput) throws {
    try Self.apply(input, documents, publication)
  }

  /// Takes over a configuration and its documents, and the administrator's token, all or nothing.
  func reload(_ input: ServeInput) throws {
    let token = try input.configuration.control.administratorToken()
    try publish(input)
    access.setAdministratorToken(token)
  }

  /// Frees replaced snapshots that nobody looks at any more, ends the minute of what is counted of
  /// line items, and is not ready any more once nothing can be booked.
  func tend() {
    snapshots.bidding.reclaim()
    history.tick(
      at: Instant(nanoseconds: Clock.monotonicNanoseconds()),
      accounts: numbers.value.accounts.count)
    if bidServer.isReady, !ledger.isWorking {
      bidServer.setReady(false)
      logger.log(
        .critical, .ledgerStopped,
        "nod: not ready: the ledger has stopped; nothing is bid until the next start")
    }
  }

  /// Ends in order: answers what is under way, closes the rest. Takes less than 5 s.
  func stop() {
    let end = ContinuousClock.now + .milliseconds(4_800)
    bidServer.setReady(false)
    ingest.beginToFinish()
    documents.close()
    explain.stop()
    audiences.beginToFinish()
    bidServer.stop()
    ledger.stop()
    reports.stop(until: end - .milliseconds(300))
    control.stop(waitMilliseconds: 300)
    // A commit under way is whole or nothing whenever the process ends.
    ingest.waitUntilFinished(until: end)
  }

  private static func apply(
    _ input: ServeInput, _ documents: DocumentDesk, _ publication: Publication
  ) throws {
    do {
      try documents.configure(input.documents.advertisers) {
        try publication.publish(input, $0)
      }
    } catch let problem as ProblemDocument {
      throw CommandFailure(status: .configuration, message: "\(problem)")
    }
  }

  private static func listen(
    _ configuration: Configuration, _ snapshots: Snapshots, _ ledger: LedgerService,
    _ funnel: FunnelCounters
  ) throws -> BidServer {
    let listen = configuration.bidder.listen
    var limits = ServerLimits()
    limits.drainMilliseconds = drainMilliseconds
    do {
      let server = try BidServer(
        ServerConfiguration(
          listen: SocketAddress(host: listen.host, port: listen.port),
          workers: funnel.workers.count,
          maxBodyBytes: configuration.bidder.maxBodyBytes,
          exchanges: configuration.exchanges.map { ExchangeEndpoint($0) }, limits: limits,
          busyPollMicroseconds: configuration.bidder.busyPollMicroseconds),
        wakeUps: ledger.workerSignals,
        makeHandler: { ledger.handler(worker: $0, snapshots, funnel) })
      try server.start()
      return server
    } catch {
      throw CommandFailure(status: .unavailable, message: "bidder.listen \(listen): \(error)")
    }
  }

  private static func openStore(_ configuration: Configuration) throws -> AudienceStore {
    let path = Directory(configuration.dataDirectory).path(of: AudienceReading.storeFolder)
    do {
      return try AudienceStore(AudienceStore.Options(path: path, spaces: configuration.allSpaces))
    } catch let error as AudienceStoreError {
      let isInUse = error == .inUse(path: path)
      throw CommandFailure(status: isInUse ? .cannotCreate : .dataError, message: "\(error)")
    } catch {
      throw CommandFailure(status: .inputOutput, message: "\(error)")
    }
  }

  private static func openDatabase(
    _ configuration: Configuration
  ) throws(CommandFailure) -> ControlDatabase {
    let path = Directory(configuration.dataDirectory).path(of: ControlDatabase.fileName)
    do {
      // What is in it is nobody else's; its other files get the same rights.
      _ = try File(path, .openOrCreate, mode: 0o600)
      return try ControlDatabase(path: path)
    } catch {
      throw CommandFailure(status: .inputOutput, message: "\(path): \(error)")
    }
  }

  private static func metrics(
    _ server: BidServer, _ ledger: LedgerService, _ reports: ReportService,
    _ numbers: NumbersInForce, _ store: AudienceStore, _ uploads: UploadCounters,
    _ configuration: Configuration, _ state: ServerState, _ traffic: ControlTraffic
  ) -> @Sendable () -> String {
    let page = MetricsPage(
      workers: server.metrics, exchanges: configuration.exchanges.map { $0.name },
      stages: DecisionStage.allCases.map(\.name), version: Release.version)
    return {
      let info = store.info
      let lines = uploads.sources.flatMap { source in
        UploadCounters.Result.allCases.map { result in
          MetricsPage.UploadLines(
            source: source, result: result.rawValue,
            count: Int(uploads.count(source: source, result: result)))
        }
      }
      return page.text(
        audience: MetricsPage.Audience(
          users: info.userCount, memberships: info.membershipCount, bytes: info.bidTimeByteCount,
          generation: info.generation), uploads: lines,
        received: uploads.sources.map { ($0, uploads.receivedBytes(source: $0)) },
        money: ledger.metrics(numbers.value, server), reports: reports.metrics,
        state: state.metrics(isReady: server.isReady, controlAnswers: traffic.classes))
    }
  }
}

extension BidderConfiguration.Workers {
  /// How many threads that is on this machine.
  var count: Int {
    switch self {
    case .auto: min(ProcessInfo.processInfo.activeProcessorCount, Int(ConfigurationLimits.workers))
    case .count(let count): count
    }
  }
}

extension ExchangeEndpoint {
  /// The endpoint of a configured exchange.
  init(_ exchange: ExchangeConfiguration) {
    let form: NoBidForm =
      switch exchange.noBid {
      case .status204: .noContent
      case .emptyObject: .emptyObject
      case .emptySeatBid: .emptySeatBid
      case .nbr: .reasonCode
      }
    self.init(name: exchange.name, noBidForm: form, hasTestHeader: exchange.hasTestHeader)
  }
}

/// The ledger's numbers as it gave them last, for whoever reads the metrics.
final class NumbersInForce: Sendable {
  private let numbers = Mutex(LedgerNumbers())

  var value: LedgerNumbers { numbers.withLock { $0 } }

  func set(_ value: LedgerNumbers) { numbers.withLock { $0 = value } }
}
