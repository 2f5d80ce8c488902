/// Reads what Adobe writes as `.info`: JSON whose keys need no quotes, whose strings may have
/// single quotes or none, with commas left over at the end of lists and maps.
struct LooseJSON {
  private let bytes: [UInt8]
  private var position = 0
  private var values = 0

  /// Reads a whole text.
  ///
  /// - Throws: ``FileRejection/manifest(_:)`` with the place of the first error.
  /// - Complexity: O(bytes).
  static func value(of bytes: [UInt8]) throws(FileRejection) -> LooseValue {
    var reader = LooseJSON(bytes: bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }
    let value = try reader.value(depth: 1)
    reader.skipBlanks()
    if reader.peek() == UInt8(ascii: ";") { reader.position += 1 }
    reader.skipBlanks()
    guard reader.position == bytes.count else { throw reader.error("the end") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func value(depth: Int) throws(FileRejection) -> LooseValue {
    skipBlanks()
    values += 1
    guard depth <= IngestLimits.manifestDepth, values <= IngestLimits.manifestValues else {
      throw .manifest("more values or levels than a manifest has")
    }
    switch peek() {
    case UInt8(ascii: "{"): return .map(try entries(depth: depth))
    case UInt8(ascii: "["): return .list(try elements(depth: depth))
    default: return .scalar(try scalar())
    }
  }

  private mutating func entries(depth: Int) throws(FileRejection) -> [LooseValue.Entry] {
    position += 1
    var entries: [LooseValue.Entry] = []
    while true {
      skipBlanks()
      if take("}") { return entries }
      let key = try scalar()
      skipBlanks()
      guard take(":") || take("=") else { throw error("`:`") }
      entries.append(LooseValue.Entry(key: key, value: try value(depth: depth + 1)))
      skipBlanks()
      guard take(",") || peek() == UInt8(ascii: "}") else { throw error("`,` or `}`") }
    }
  }

  private mutating func elements(depth: Int) throws(FileRejection) -> [LooseValue] {
    position += 1
    var elements: [LooseValue] = []
    while true {
      skipBlanks()
      if take("]") { return elements }
      elements.append(try value(depth: depth + 1))
      skipBlanks()
      guard take(",") || peek() == UInt8(ascii: "]") else { throw error("`,` or `]`") }
    }
  }

  private mutating func scalar() throws(FileRejection) -> String {
    if let quote = peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      return try quoted(by: quote)
    }
    let start = position
    while let byte = peek(), !Self.endsWord(byte) { position += 1 }
    guard position > start else { throw error("a value") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// A string up to its quote, with the escapes of JSON; a backslash before any other byte is
  /// dropped.
  private mutating func quoted(by quote: UInt8) throws(FileRejection) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = peek() {
      position += 1
      if byte == quote { return String(decoding: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\") {
        text += escaped()
      } else {
        text.append(byte)
      }
    }
    throw error("a closing quote")
  }

  private mutating func escaped() -> [UInt8] {
    guard let byte = peek() else { return [] }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return unicodeEscape()
    default: return [byte]
    }
  }

  /// The character of four hexadecimal digits; surrogates, which no report has, are replaced.
  private mutating func unicodeEscape() -> [UInt8] {
    let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
    guard digits.utf8.count == 4, let value = UInt32(digits, radix: 16) else {
      return [UInt8(ascii: "u")]
    }
    position += 4
    return Array(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
  }

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek(), byte <= 0x20 { position += 1 }
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte <= 0x20 || ",:={}[]\"'".utf8.contains(byte)
  }

  private func error(_ expected: String) -> FileRejection {
    let line = bytes[..<position].count { $0 == 0x0A } + 1
    return .manifest("line \(line): expected \(expected)")
  }
}
