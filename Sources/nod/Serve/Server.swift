import AuctionTypes
import AudienceIndex
import AudienceIngest
import BidEngine
import BidServer
import BudgetLedger
import CampaignDocuments
import Cryptography
import Foundation
import LinuxIO
import Telemetry

/// The running server: owns the parts, which start in the order of the properties and stop in the
/// reverse of it.
final class Server {
  /// What it serves; a reload replaces what can change.
  private(set) var input: ServeInput
  private let folder: DataFolder
  private let snapshots: Snapshots
  private let bidServer: BidServer
  private let store: AudienceStore
  private let ingest: IngestThread
  private let control: ControlService
  private let controlPort: UInt16
  private var generation: UInt64 = 1

  /// Starts everything; `/readyz` answers 503 until all is there.
  /// - Throws: a ``CommandFailure`` that says what stands in the way.
  init(_ input: ServeInput) throws {
    let configuration = input.configuration
    self.input = input
    folder = try DataFolder(configuration.dataDirectory)
    let workers = configuration.bidder.workers.count
    let snapshots = Snapshots(
      bidding: BiddingSnapshot(
        input.withoutDocuments, registry: SegmentRegistry(), key: HashKey(first: 0, second: 0),
        generation: generation),
      audience: .empty(), workers: workers)
    self.snapshots = snapshots
    bidServer = try Self.listen(configuration, workers: workers, snapshots)
    store = try Self.openStore(configuration)
    store.attach { snapshots.audience.publish($0) }
    ingest = try IngestThread(configuration, store: store, snapshots: snapshots)
    (control, controlPort) = try ControlService.started(
      at: configuration.control.listen,
      metrics: Self.metrics(bidServer, store, ingest.counters, configuration))
    publish(input)
    bidServer.setReady(true)
  }

  /// The line that says that all is up.
  var readyLine: String {
    let configuration = input.configuration
    let bidder = ListenAddress(host: configuration.bidder.listen.host, port: bidServer.port)
    let control = ListenAddress(host: configuration.control.listen.host, port: controlPort)
    return "nod \(Release.version) ready: bidder \(bidder), control \(control), "
      + "\(bidServer.workerCount) workers, \(store.info.userCount) users, "
      + "\(input.documents.lineItemCount) line items"
  }

  /// Lets what a configuration and its documents say take effect, without a pause.
  func publish(_ input: ServeInput) {
    generation += 1
    snapshots.bidding.publish(
      BiddingSnapshot(
        input, registry: store.registry, key: store.hashKey, generation: generation))
    self.input = input
  }

  /// Frees replaced snapshots that no worker looks at any more.
  func reclaim() { snapshots.bidding.reclaim() }

  /// Ends in order: answers what is under way, closes the rest. Takes less than 5 s.
  func stop() {
    let end = ContinuousClock.now + .milliseconds(4_700)
    bidServer.setReady(false)
    ingest.beginToFinish()
    bidServer.stop()
    control.stop(waitMilliseconds: 300)
    // A commit under way is whole or nothing whenever the process ends.
    ingest.waitUntilFinished(until: end)
  }

  private static func listen(
    _ configuration: Configuration, workers: Int, _ snapshots: Snapshots
  ) throws -> BidServer {
    let listen = configuration.bidder.listen
    let boot = SecureRandom.word()
    do {
      let links = try (0..<workers).map { _ in try unlinked() }
      let server = try BidServer(
        ServerConfiguration(
          listen: SocketAddress(host: listen.host, port: listen.port), workers: workers,
          maxBodyBytes: configuration.bidder.maxBodyBytes,
          exchanges: configuration.exchanges.map { ExchangeEndpoint($0) }),
        makeHandler: {
          BidHandler(
            snapshots: snapshots, worker: $0, boot: boot,
            desk: .withoutLedger(boot: boot, worker: UInt8(truncatingIfNeeded: $0)),
            ledger: links[$0])
        })
      try server.start()
      return server
    } catch {
      throw CommandFailure(status: .unavailable, message: "bidder.listen \(listen): \(error)")
    }
  }

  /// A lane that no ledger thread serves: bids are unlimited and their notices are refused.
  private static func unlinked() throws -> LedgerLink {
    LedgerLink(
      lane: LedgerLane(), wake: try EventSignal(), cells: EscrowCells(accounts: 1),
      noticeKey: (0..<32).map { _ in UInt8(truncatingIfNeeded: SecureRandom.word()) },
      retentionMilliseconds: 0)
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

  private static func metrics(
    _ server: BidServer, _ store: AudienceStore, _ uploads: UploadCounters,
    _ configuration: Configuration
  ) -> @Sendable () -> String {
    let page = MetricsPage(
      workers: server.metrics, exchanges: configuration.exchanges.map { $0.name },
      version: Release.version)
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
          generation: info.generation), uploads: lines)
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
