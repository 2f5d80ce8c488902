import Foundation
import Logging

/// Writes each log event to standard error as one line of JSON.
///
/// The fields are `time` (RFC 3339, UTC), `level`, `logger` and `message`; metadata follows under
/// its own names.
package struct JSONLogHandler: LogHandler {
  /// Events below it are dropped.
  package var logLevel: Logger.Level
  /// What every event carries.
  package var metadata: Logger.Metadata = [:]
  /// What adds to an event when it is written.
  package var metadataProvider: Logger.MetadataProvider?

  private let label: String
  private let write: @Sendable (String) -> Void

  /// A handler of a logger's label.
  /// - Parameter write: takes a line with its end; standard error if not given.
  package init(
    label: String, level: Logger.Level = .notice,
    write: @escaping @Sendable (String) -> Void = JSONLogHandler.writeToStandardError
  ) {
    self.label = label
    self.write = write
    logLevel = level
  }

  /// One value of the metadata of every event.
  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes an event.
  package func log(event: LogEvent) {
    let line = LogLine(event, label: label, metadata: metadata, provider: metadataProvider)
    write(line.json + "\n")
  }

  /// Writes a line to standard error; one that nobody reads is lost.
  package static let writeToStandardError: @Sendable (String) -> Void = { line in
    try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
  }
}
