import AuctionTypes
import AudienceIndex
import AudienceIngest
import BidServer
import Dispatch
import LinuxIO
import Logging
import Synchronization

/// The thread that takes audience files in and keeps the index tidy, behind everything else.
final class IngestThread: Sendable {
  /// Lines taken in by source and result.
  let counters: UploadCounters
  /// How far the file under way was read.
  let progress = IngestProgress()
  private let stop: StopSignal
  private let ended = DispatchSemaphore(value: 0)
  private let thread: LinuxIO.Thread

  /// How often the index is looked after, in milliseconds.
  private static let maintenanceMilliseconds: Int64 = 1_000

  /// Starts it on the inbox of a configuration.
  /// - Parameter onReport: called with each report once its file stands beside it.
  init(
    _ configuration: Configuration, store: AudienceStore, snapshots: Snapshots,
    onReport: @escaping @Sendable (IngestReport) -> Void
  ) throws {
    let audience = configuration.audience
    let sources = configuration.ingestSources
    let counters = UploadCounters(sources: sources.map { $0.name })
    let stop = StopSignal()
    let (ended, progress) = (self.ended, self.progress)
    thread = try LinuxIO.Thread(name: "nod-ingest", priority: .background) {
      var settings = IngestSettings(now: { Self.now })
      settings.maxInvalidPartsPerMillion = audience.maxInvalidPartsPerMillion
      settings.isStopping = { stop.isSet }
      settings.log = { Self.logger.log(.warning, .ingest, $0) }
      settings.progress = progress
      settings.onReport = onReport
      let inbox = Inbox(
        path: audience.inbox, sources: sources,
        store: IndexStore(store, spaces: configuration.allSpaces),
        settings: settings, counters: counters, publish: {})
      var round = IdleRound(stop: stop, everyMilliseconds: Self.maintenanceMilliseconds)
      var problem = ""
      inbox.run {
        round.wait(milliseconds: audience.pollIntervalMilliseconds) {
          Self.tidy(store, snapshots, lastProblem: &problem)
        }
      }
      ended.signal()
    }
    self.counters = counters
    self.stop = stop
  }

  /// Asks it to stop between two lines of a file; what is half taken in leaves no trace.
  func beginToFinish() { stop.set() }

  /// Lets it look at the inbox now.
  func wake() { stop.wake() }

  /// Waits until it has stopped, or until a moment.
  func waitUntilFinished(until end: ContinuousClock.Instant) {
    let left = max(.zero, end - .now)
    let milliseconds = Int(left / .milliseconds(1))
    _ = ended.wait(timeout: .now() + .milliseconds(milliseconds))
  }

  private static let logger = Logger(label: "nod.ingest")

  private static var now: WallTime { WallTime(milliseconds: Clock.realtimeMilliseconds()) }

  /// Drops what has ended, merges layers, and frees views that no worker looks at any more; this
  /// thread is the only one that publishes views. A problem is printed once until it changes.
  private static func tidy(
    _ store: AudienceStore, _ snapshots: Snapshots, lastProblem: inout String
  ) {
    do {
      _ = try store.maintain(now: now)
      lastProblem = ""
    } catch {
      let problem = "audience index: \(error)"
      if problem != lastProblem { logger.log(.error, .audienceIndex, problem) }
      lastProblem = problem
    }
    snapshots.audience.reclaim()
  }
}
