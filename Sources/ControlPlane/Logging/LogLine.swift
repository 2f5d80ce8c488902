import Foundation
import Logging

/// A log event as it is written: one line, for machines or for people.
package struct LogLine {
  /// When it happened.
  let time: Date
  /// How much it matters.
  let level: Logger.Level
  /// The logger that it came by.
  let label: String
  /// What happened, in words.
  let message: String
  /// What else is known, by name.
  let fields: Logger.Metadata

  /// The line of an event; the event's own metadata win over the handler's, and those over the
  /// provider's.
  package init(
    _ event: LogEvent, label: String, metadata: Logger.Metadata,
    provider: Logger.MetadataProvider?, time: Date = .now
  ) {
    var fields = provider?.get() ?? [:]
    fields.merge(metadata) { $1 }
    fields.merge(event.metadata ?? [:]) { $1 }
    self.time = time
    self.fields = fields
    self.label = label
    level = event.level
    message = event.message.description
  }

  /// One JSON object with sorted keys: `time` (RFC 3339, UTC), `level`, `logger`, `message`, and
  /// the fields under their own names, all of them strings.
  package var json: String {
    var members = fields.mapValues { $0.description }
    members["time"] = stamp
    members["level"] = level.rawValue
    members["logger"] = label
    members["message"] = message
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings alone cannot fail to encode.
    return (try? encoder.encode(members)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  /// `time level message (name=value, …)`, on one line whatever the texts hold.
  package var text: String {
    let values = fields.sorted { $0.key < $1.key }.filter { $0.key != "event" }
      .map { "\($0.key)=\($0.value)" }
    let rest = values.isEmpty ? "" : " (\(values.joined(separator: ", ")))"
    let name = level.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
    return "\(stamp) \(name) \(message)\(rest)".map(Self.visible).joined()
  }

  private var stamp: String {
    time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// A character as a terminal may show it: control characters could move its cursor.
  private static func visible(_ character: Character) -> String {
    let isControl = character.unicodeScalars.contains {
      $0.value < 0x20 || (0x7F...0x9F).contains($0.value)
    }
    return isControl ? " " : String(character)
  }
}
