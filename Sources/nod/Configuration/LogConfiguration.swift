/// What the running server writes to standard error.
struct LogConfiguration: Sendable, Equatable {
  /// The least that is written.
  enum Level: String, CaseIterable, Sendable {
    case trace, debug, info, notice, warning, error, critical
  }

  /// What a line looks like.
  enum Format: String, CaseIterable, Sendable {
    /// Words on a terminal, objects elsewhere.
    case auto
    /// One JSON object a line.
    case json
    /// Words.
    case text
  }

  /// The least that is written.
  var level = Level.info
  /// What a line looks like.
  var format = Format.auto
}
