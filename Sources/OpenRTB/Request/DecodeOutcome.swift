/// What became of a body.
@frozen @usableFromInline
package enum DecodeOutcome: Equatable, Sendable {
  /// The request is decoded and keeps the rules that every exchange shares.
  case ok
  /// An object with an `id` and nothing else; whether that is a ping or malformed is the
  /// exchange's configuration.
  case ping
  /// A valid request beyond one of ``RequestLimits``: no bid, because a list that was cut could
  /// make a bid wrong.
  case capacity
  /// Answered with 400.
  case malformed(MalformedRule)
}

/// The rule that a malformed body breaks, in the order in which they are judged.
@frozen @usableFromInline
package enum MalformedRule: UInt8, CaseIterable, Sendable {
  /// The bytes are not one JSON text (RFC 8259), or nested too deeply.
  case json
  /// The JSON text is not an object.
  case notAnObject
  /// `id` is missing, empty, or neither a string nor a number.
  case noID
  /// `imp` is missing, empty or not an array.
  case noImpressions
  /// An element of `imp` is not an object or has no `id`.
  case impressionWithoutID
  /// Two impressions have the same `id`.
  case duplicateImpressionID
}
