/// The ids of one kind within an advertiser, to find repeated ones.
struct UniqueIDs {
  private let kind: String
  private var lines: [String: Int] = [:]

  /// No ids of a kind, as in "line item".
  init(kind: String) {
    self.kind = kind
  }

  /// Whether an id was claimed.
  func contains(_ id: String) -> Bool { lines[id] != nil }

  /// The ids claimed so far.
  var all: some Sequence<String> { lines.keys }

  /// Claims an id; one that is taken is an error.
  mutating func claim(_ id: String, at reader: DocumentReader) {
    if let line = lines[id] {
      reader.fail("repeated \(kind) id `\(id.quotable)`, first on line \(line)")
    } else {
      lines[id] = reader.line
    }
  }
}
