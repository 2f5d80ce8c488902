import Foundation
import Logging
import Synchronization

/// What all loggers of a process share: the least level, the form of the lines, and where they go.
///
/// A change takes effect at once in every logger.
package final class ServerLog: Sendable {
  /// What a line looks like.
  package enum Format: String, CaseIterable, Sendable {
    /// An object a line, for machines.
    case json
    /// Words, for a terminal.
    case text
  }

  private let settings: Mutex<(level: Logger.Level, format: Format)>
  private let write: @Sendable (String) -> Void

  /// A log of a level and a form.
  /// - Parameter write: takes a line with its end; standard error if not given.
  package init(
    level: Logger.Level = .info, format: Format = .json,
    write: @escaping @Sendable (String) -> Void = JSONLogHandler.writeToStandardError
  ) {
    settings = Mutex((level, format))
    self.write = write
  }

  /// Events below it are dropped.
  package var level: Logger.Level { settings.withLock { $0.level } }

  /// Changes the level and the form.
  package func set(level: Logger.Level, format: Format) {
    settings.withLock { $0 = (level, format) }
  }

  /// The handler of a logger's label.
  package func handler(label: String) -> any LogHandler { Handler(label: label, log: self) }

  private func take(_ line: LogLine) {
    write((settings.withLock { $0.format } == .json ? line.json : line.text) + "\n")
  }

  /// Hands events to the log.
  private struct Handler: LogHandler {
    let label: String
    let log: ServerLog
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    /// The level of one logger alone, where it was set.
    private var ownLevel: Logger.Level?

    init(label: String, log: ServerLog) {
      self.label = label
      self.log = log
    }

    var logLevel: Logger.Level {
      get { ownLevel ?? log.level }
      set { ownLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      log.take(LogLine(event, label: label, metadata: metadata, provider: metadataProvider))
    }
  }
}
