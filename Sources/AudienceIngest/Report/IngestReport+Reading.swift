import AuctionTypes

extension IngestReport {
  /// Reads a report that was written by ``json``; nil for any other text.
  ///
  /// The two times are not read back.
  /// - Complexity: O(bytes).
  package init?(json bytes: [UInt8]) {
    guard bytes.count <= IngestLimits.reportBytes, let root = try? LooseJSON.value(of: bytes),
      let file = root["file"]?.text, let source = root["source"]?.text,
      let format = root["format"]?.text.flatMap(UploadFormat.init),
      let status = root["status"]?.text.flatMap(Status.init),
      let generation = root["generation"]?.text.flatMap(UInt64.init)
    else { return nil }
    let epoch = WallTime(milliseconds: 0)
    self.init(
      file: file, source: source, format: format, status: status, started: epoch,
      finished: epoch, generation: generation)
    reason = root["reason"]?.text.flatMap { $0 == "null" ? nil : $0 }
    readCounts(root)
    if case .list(let values)? = root["errors"] { errors = values.compactMap(LineError.init) }
  }

  private mutating func readCounts(_ root: LooseValue) {
    let count = { (group: String, key: String) in root[group]?[key]?.text.flatMap(Int.init) ?? 0 }
    lines.stored = count("lines", "stored")
    lines.empty = count("lines", "empty")
    lines.malformed = count("lines", "malformed")
    lines.tooLong = count("lines", "too_long")
    lines.unknownID = count("lines", "unknown_id")
    lines.duplicate = count("lines", "duplicate")
    lines.badSegments = count("lines", "bad_segments")
    memberships.added = count("memberships", "added")
    memberships.removed = count("memberships", "removed")
    memberships.expired = count("memberships", "expired")
    users.new = count("users", "new")
    users.touched = count("users", "touched")
  }
}

extension LineError {
  fileprivate init?(_ value: LooseValue) {
    guard let line = value["line"]?.text.flatMap(Int.init),
      let category = value["category"]?.text.flatMap(Category.init), let text = value["text"]?.text
    else { return nil }
    self.init(line: line, category: category, text: text)
  }
}
