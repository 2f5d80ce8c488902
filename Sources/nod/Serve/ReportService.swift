import AuctionTypes
import BidEngine
import ControlStore
import Journal
import LinuxIO
import Logging
import Reporting
import Telemetry

/// The reports of a running server: the thread that follows the event log, and what answers from
/// what it counted.
final class ReportService: Sendable {
  /// Answers what was delivered and planned.
  let desk: ReportDesk
  private let status = DeliveryStatus()
  private let thread: DeliveryThread
  private static let logger = Logger(label: "nod.reports")

  /// What of the event log a database has counted.
  static func known(in database: ControlDatabase) throws(CommandFailure) -> EventPlace {
    do {
      return try DeliveryFollower.known(in: database)
    } catch {
      throw CommandFailure(status: .inputOutput, message: "reports: \(error)")
    }
  }

  /// Starts to follow.
  ///
  /// - Throws: a ``CommandFailure`` when the database cannot be read.
  init(
    _ configuration: Configuration, _ database: ControlDatabase, _ ledger: LedgerService,
    _ numbers: NumbersInForce, _ funnel: FunnelCounters
  ) throws(CommandFailure) {
    desk = ReportDesk(database: database, status: status, plans: { ledger.plan.campaigns })
    let events = Directory(configuration.dataDirectory).path(of: LedgerService.eventsFolder)
    do {
      thread = try DeliveryThread(
        DeliveryFollower.Parts(
          disk: FolderDisk(events), database: database, durable: { ledger.durableEvents },
          names: { ledger.names }, matched: { Self.matched(ledger, numbers, funnel) },
          retentionMilliseconds: configuration.noticeRetentionMilliseconds, status: status,
          log: { Self.logger.log(.warning, .reports, $0) }))
    } catch {
      throw CommandFailure(status: .inputOutput, message: "reports: \(error)")
    }
  }

  /// Ends it, when all events are written; what it has not counted is counted at the next start.
  func stop(until end: ContinuousClock.Instant) {
    let left = max(.zero, end - .now)
    thread.stop(waitMilliseconds: Int(left / .milliseconds(1)))
  }

  /// What `/metrics` shows of it.
  var metrics: MetricsPage.Reports {
    let figures = status.figures
    let now = Clock.realtimeMilliseconds()
    return MetricsPage.Reports(
      lagMilliseconds: figures.completeUntil.map { max(0, now - $0.milliseconds) },
      events: figures.events, failures: figures.failures,
      lostFiles: figures.losses.files, damagedBytes: figures.losses.damagedBytes)
  }

  private static func matched(
    _ ledger: LedgerService, _ numbers: NumbersInForce, _ funnel: FunnelCounters
  ) -> [MatchedCount] {
    let now = WallTime(milliseconds: Clock.realtimeMilliseconds())
    let accounts = numbers.value.accounts
    return ledger.plan.campaigns.flatMap { campaign in
      let day = campaign.zone.day(at: now)
      return campaign.lineItems.compactMap { lineItem in
        accounts[lineItem.path].map {
          MatchedCount(account: $0, day: day, requests: funnel.matched($0))
        }
      }
    }
  }
}
