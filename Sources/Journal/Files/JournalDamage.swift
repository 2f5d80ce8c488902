/// What is wrong with a journal's file, and where.
package struct JournalDamage: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path of the file.
  package let path: String
  /// Bytes from its start.
  package let offset: Int
  /// What is wrong, in words.
  package let reason: String

  package init(path: String, offset: Int, reason: String) {
    self.path = path
    self.offset = offset
    self.reason = reason
  }

  package var description: String { "\(path): at byte \(offset): \(reason)" }
}
