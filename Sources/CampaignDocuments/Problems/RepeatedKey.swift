/// The wording for a key that a map has more than once.
enum RepeatedKey {
  /// The message at a repeated key, naming the line of the first.
  static func message(_ key: String, firstLine: Int) -> String {
    "repeated key `\(key.quotable)`, first on line \(firstLine)"
  }
}

extension String {
  /// The text as it may stand in a message: cut to `DocumentLimits.quotedCharacters` and on one
  /// line.
  package var quotable: String {
    let scalars = unicodeScalars
    let shown = String(scalars.prefix(DocumentLimits.quotedCharacters)).onOneLine
    return scalars.dropFirst(DocumentLimits.quotedCharacters).isEmpty ? shown : shown + "…"
  }

  /// The text with control characters and line separators shown as `?`.
  /// - Complexity: O(n).
  package var onOneLine: String {
    let scalars = unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: "?"
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
