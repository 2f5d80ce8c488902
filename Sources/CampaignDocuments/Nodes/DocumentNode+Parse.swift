extension DocumentNode {
  /// The root of a file's only document, or nil when it cannot be read; why not is in the log.
  ///
  /// A name that ends in `.json` is strict JSON (RFC 8259). Any other name is YAML 1.1, but a
  /// file that starts with a brace or bracket and is valid JSON is taken as JSON, which allows
  /// tabs and surrogate escapes that YAML does not.
  /// - Complexity: O(n) in the bytes.
  package static func parse(_ bytes: [UInt8], log: ProblemLog) -> DocumentNode? {
    guard let text = decoded(bytes, log: log) else { return nil }
    if log.file.lowercased().hasSuffix(".json") {
      return json(Array(text.utf8), log: log)
    }
    if let first = text.utf8.first(where: { !isBlank($0) }), "{[".utf8.contains(first) {
      let attempt = ProblemLog(file: log.file)
      if let node = json(Array(text.utf8), log: attempt), !attempt.hasErrors { return node }
    }
    return YAMLComposer(log: log).compose(text)
  }

  /// The root of a JSON text in memory, of any length; nil where it is not valid or has a key
  /// twice.
  /// - Complexity: O(n) in the bytes.
  package init?(json bytes: [UInt8]) {
    let log = ProblemLog(file: "")
    guard let root = Self.json(bytes, log: log), !log.hasErrors else { return nil }
    self = root
  }

  private static func json(_ bytes: [UInt8], log: ProblemLog) -> DocumentNode? {
    var composer = JSONComposer(bytes: bytes, log: log)
    return composer.compose()
  }

  /// The file as text without a byte order mark, or nil if it is too large or not UTF-8.
  private static func decoded(_ bytes: [UInt8], log: ProblemLog) -> String? {
    guard bytes.count <= DocumentLimits.fileBytes else {
      log.record("the file is larger than \(DocumentLimits.fileBytes) bytes", line: 0)
      return nil
    }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
      log.record("the file is UTF-16; save it as UTF-8", line: 1)
      return nil
    }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    guard let text = String(validating: content, as: UTF8.self) else {
      log.record("the file is not UTF-8 from this line on", line: firstBadLine(content))
      return nil
    }
    return text
  }

  private static func firstBadLine(_ bytes: ArraySlice<UInt8>) -> Int {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
    return (bad ?? 0) + 1
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
