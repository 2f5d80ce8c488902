/// Where audience files come from.
struct AudienceConfiguration: Sendable, Equatable {
  /// The folder that holds a folder for each source.
  var inbox = "inbox"
  /// How often the inbox is looked at, in milliseconds.
  var pollIntervalMilliseconds: Int64 = 1_000
  /// The share of malformed lines above which a file is rejected, in parts per million.
  var maxInvalidPartsPerMillion: Int64 = 50_000
  /// The feeds.
  var sources: [AudienceSourceConfiguration] = []
  /// Spaces of ids whose form is checked; ids of any other space are taken as they are.
  var idSpaces: [IDSpaceConfiguration] = []
}

/// A space of user ids whose form is known.
struct IDSpaceConfiguration: Sendable, Equatable {
  /// What a usable id of a space looks like.
  enum Format: String, CaseIterable, Sendable {
    /// Any token.
    case any
    /// Decimal digits.
    case digits
    /// 32 hexadecimal digits in groups of 8-4-4-4-12.
    case uuid
    /// Hexadecimal digits.
    case hex
  }

  /// The space's name.
  var name: String
  /// What its ids look like.
  var format: Format
}
