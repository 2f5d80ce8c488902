import FixedMemory

/// What takes the valid lines of a file.
package protocol RowSink: ~Copyable {
  /// Takes what an Adobe line says of a user; false when its bytes are no id of the space.
  mutating func take(id: RawSpan, added: [UInt64], removed: [UInt64]) throws -> Bool

  /// Takes a user to be suppressed.
  mutating func suppress(space: RawSpan, id: RawSpan) throws -> SuppressionOutcome
}

/// What became of a suppression line's user.
package enum SuppressionOutcome: Equatable, Sendable {
  case taken
  /// No space of the name is configured.
  case unknownSpace
  /// The bytes are no id of the space.
  case noID
}
