import CampaignDocuments
import Logging

/// What a line of the server's log is about: a name that stays when the words change, so that
/// alerts and searches can rely on it. `docs/OPERATIONS.md` lists them.
enum ServerEvent: String, CaseIterable {
  /// Everything is up.
  case ready
  /// The server ends in order.
  case stopping
  /// It has ended in order.
  case stopped
  /// A problem or doubt in the configuration or a document.
  case problem
  /// A changed configuration is in force.
  case reloaded
  /// A changed configuration was refused; the old one stays in force.
  case reloadRefused = "reload_refused"
  /// Nothing can be booked any more, so nothing bids until the next start.
  case ledgerStopped = "ledger_stopped"
  /// What the ledger says of its journal.
  case ledger
  /// What the event log says of its files.
  case eventLog = "event_log"
  /// Reports fall behind, stand still, or follow again.
  case reports
  /// Documents that came by the API could not be put in force.
  case documents
  /// What the inbox says of files.
  case ingest
  /// The jobs of audience files could not be brought up to date.
  case uploads
  /// The audience index could not be looked after.
  case audienceIndex = "audience_index"
  /// The service manager cannot be told.
  case notify
}

extension Logger {
  /// Writes an event of the server.
  func log(
    _ level: Level, _ event: ServerEvent, _ message: String, _ fields: [String: String] = [:]
  ) {
    var metadata = fields.mapValues { MetadataValue.string($0) }
    metadata["event"] = .string(event.rawValue)
    log(level: level, "\(message)", metadata: metadata)
  }

  /// Writes problems of files, one a line, as warnings and errors that name the place.
  func log(_ problems: [Problem]) {
    for problem in problems {
      var fields = ["file": problem.file]
      if problem.line > 0 { fields["line"] = "\(problem.line)" }
      if !problem.pointer.isEmpty { fields["pointer"] = problem.pointer }
      log(problem.severity == .warning ? .warning : .error, .problem, "\(problem)", fields)
    }
  }
}
