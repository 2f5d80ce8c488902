/// Something wrong or doubtful in a document, and where.
package struct Problem: Sendable, Equatable {
  /// How bad a problem is.
  package enum Severity: Sendable {
    /// The documents are rejected as a whole.
    case error
    /// The documents are accepted; their author should know.
    case warning
  }

  /// The name of the file, as the caller gave it.
  package let file: String
  /// The line from 1, or 0 where the file as a whole is meant.
  package let line: Int
  /// The RFC 6901 pointer of the value; empty for the whole document.
  package let pointer: String
  /// What is wrong, without a full stop.
  package let message: String
  /// How bad it is.
  package let severity: Severity

  /// A problem at a place.
  package init(
    file: String, line: Int, pointer: String, message: String, severity: Severity = .error
  ) {
    self.file = file
    self.line = line
    self.pointer = pointer
    self.message = message
    self.severity = severity
  }
}

extension Problem: CustomStringConvertible {
  /// One line: `file:line: /pointer: message`; a warning's message starts with `warning: `.
  package var description: String {
    var text = line > 0 ? "\(file):\(line): " : "\(file): "
    if !pointer.isEmpty { text += "\(pointer.onOneLine): " }
    if severity == .warning { text += "warning: " }
    return text + message
  }
}

extension Sequence<Problem> {
  /// Whether one of the problems is an error.
  /// - Complexity: O(n).
  package var containsError: Bool {
    contains { $0.severity == .error }
  }
}
