import AuctionTypes
import AudienceIndex
import AudienceIngest
import ControlPlane
import ControlStore
import LinuxIO
import Logging
import Synchronization

/// What the control plane shows of audiences: the desk of uploads, and a background thread that
/// keeps its jobs up to date and counts the users of segments.
final class AudienceService: Sendable {
  /// Takes files in over HTTP.
  let desk: UploadDesk
  private let stop: StopSignal
  private let thread: LinuxIO.Thread

  /// How often jobs and counts are looked after, in milliseconds.
  private static let roundMilliseconds: Int64 = 1_000

  /// Starts it beside the thread that takes files in.
  ///
  /// - Parameter relay: gets the reports of that thread.
  init(
    _ configuration: Configuration, database: ControlDatabase, store: AudienceStore,
    ingest: IngestThread, relay: ReportRelay
  ) throws {
    let counter = SegmentCounter(store)
    let desk = UploadDesk(
      database: database, port: configuration.audiencePort(ingest: ingest, counter: counter))
    let stop = StopSignal()
    relay.connect { report in
      desk.note(IngestNote(report))
      stop.wake()
    }
    thread = try LinuxIO.Thread(name: "nod-audiences", priority: .background) {
      var problem = ""
      while !stop.isSet {
        Self.tend(desk, lastProblem: &problem)
        counter.countIfDue(isStopping: { stop.isSet })
        stop.sleep(milliseconds: Self.roundMilliseconds)
      }
    }
    self.desk = desk
    self.stop = stop
  }

  private static let logger = Logger(label: "nod.uploads")

  /// Asks the thread to end.
  func beginToFinish() { stop.set() }

  /// A problem is printed once until it changes.
  private static func tend(_ desk: UploadDesk, lastProblem: inout String) {
    do {
      try desk.tend()
      lastProblem = ""
    } catch {
      let problem = "upload jobs: \(error)"
      if problem != lastProblem { logger.log(.error, .uploads, problem) }
      lastProblem = problem
    }
  }
}

/// Carries reports from the thread that takes files in to a desk that is there only later; those
/// from before are found on the disk.
final class ReportRelay: Sendable {
  private let receiver = Mutex<(@Sendable (IngestReport) -> Void)?>(nil)

  /// Sets who gets the reports.
  func connect(_ receiver: @escaping @Sendable (IngestReport) -> Void) {
    self.receiver.withLock { $0 = receiver }
  }

  /// Hands a report over.
  func send(_ report: IngestReport) {
    let receiver = receiver.withLock { $0 }
    receiver?(report)
  }
}

extension Configuration {
  /// What the control plane works on of the inbox.
  func audiencePort(ingest: IngestThread, counter: SegmentCounter) -> AudiencePort {
    var port = AudiencePort()
    port.inbox = audience.inbox
    let advertisers = Dictionary(
      uniqueKeysWithValues: audience.sources.map { ($0.name, $0.advertiser) })
    port.sources = ingestSources.map { feed in
      AudiencePort.Source(
        name: feed.name, format: feed.format, idSpace: feed.idSpace,
        segmentPrefix: feed.segmentPrefix, ttlSeconds: feed.ttlMilliseconds / 1_000,
        advertiser: advertisers[feed.name] ?? nil)
    }
    port.wakeIngest = { ingest.wake() }
    port.reading = { ingest.progress.current }
    port.countReceived = { ingest.counters.addReceived($0, source: $1) }
    port.census = { counter.census }
    return port
  }
}
