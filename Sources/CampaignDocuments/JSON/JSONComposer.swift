/// Composes the nodes of a JSON text (RFC 8259) with their lines.
///
/// The first error of syntax ends it; repeated keys are recorded and read on.
struct JSONComposer {
  private struct SyntaxError: Error {
    let line: Int32
    let message: String
  }

  private let bytes: [UInt8]
  private let log: ProblemLog
  private var position = 0
  private var line: Int32 = 1
  private var nodeCount = 0

  /// A composer of one text, which must be UTF-8.
  init(bytes: [UInt8], log: ProblemLog) {
    self.bytes = bytes
    self.log = log
  }

  /// The root, or nil after an error, which is in the log.
  /// - Complexity: O(n) in the bytes.
  mutating func compose() -> DocumentNode? {
    do throws(SyntaxError) {
      let root = try value(at: .root, depth: 1)
      skipBlanks()
      guard position == bytes.count else { throw unexpected("the end of the document") }
      return root
    } catch {
      log.record("not valid JSON: \(error.message)", line: Int(error.line))
      return nil
    }
  }

  private mutating func value(
    at pointer: DocumentPointer, depth: Int
  ) throws(SyntaxError) -> DocumentNode {
    skipBlanks()
    nodeCount += 1
    guard depth <= DocumentLimits.depth else {
      throw error("more than \(DocumentLimits.depth) levels of lists and maps")
    }
    guard nodeCount <= DocumentLimits.nodes else {
      throw error("more than \(DocumentLimits.nodes) values")
    }
    let start = line
    switch peek() {
    case UInt8(ascii: "{"):
      return DocumentNode(content: .map(try entries(at: pointer, depth: depth)), line: start)
    case UInt8(ascii: "["):
      return DocumentNode(content: .list(try elements(at: pointer, depth: depth)), line: start)
    case UInt8(ascii: "\""):
      return DocumentNode(content: .scalar(text: try string(), isPlain: false), line: start)
    default:
      return DocumentNode(content: .scalar(text: try literal(), isPlain: true), line: start)
    }
  }

  private mutating func entries(
    at pointer: DocumentPointer, depth: Int
  ) throws(SyntaxError) -> [DocumentNode.Entry] {
    position += 1
    var entries: [DocumentNode.Entry] = []
    var firstLines: [String: Int32] = [:]
    skipBlanks()
    if take(UInt8(ascii: "}")) { return entries }
    repeat {
      skipBlanks()
      guard peek() == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
      let keyLine = line
      let key = try string()
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw unexpected("`:`") }
      let place = DocumentPointer.key(pointer, key)
      let value = try value(at: place, depth: depth + 1)
      if let first = firstLines.updateValue(keyLine, forKey: key) {
        log.record(RepeatedKey.message(key, firstLine: Int(first)), line: Int(keyLine), at: place)
      } else {
        entries.append(DocumentNode.Entry(key: key, keyLine: keyLine, value: value))
      }
      skipBlanks()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw unexpected("`,` or `}`") }
    return entries
  }

  private mutating func elements(
    at pointer: DocumentPointer, depth: Int
  ) throws(SyntaxError) -> [DocumentNode] {
    position += 1
    var elements: [DocumentNode] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return elements }
    repeat {
      elements.append(try value(at: .index(pointer, elements.count), depth: depth + 1))
      skipBlanks()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw unexpected("`,` or `]`") }
    return elements
  }

  /// A number, `true`, `false` or `null`, as its text.
  private mutating func literal() throws(SyntaxError) -> String {
    let start = position
    while let byte = peek(), Self.isLiteral(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard ["true", "false", "null"].contains(text) || JSONNumber.isValid(bytes[start..<position])
    else {
      position = start
      throw text.isEmpty ? unexpected("a value") : error("`\(text.quotable)` is not a value")
    }
    return text
  }

  private mutating func string() throws(SyntaxError) -> String {
    position += 1
    let start = position
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
      case UInt8(ascii: "\\"):
        return try escapedString(from: start)
      case 0..<0x20:
        throw error("a control character in a string; write it as an escape")
      default:
        position += 1
      }
    }
    throw error("a string without its closing quote")
  }

  /// The rest of a string from its first escape on; `start` is where its text began.
  private mutating func escapedString(from start: Int) throws(SyntaxError) -> String {
    var text = Array(bytes[start..<position])
    while let byte = peek() {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        text.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20:
        throw error("a control character in a string; write it as an escape")
      default:
        text.append(byte)
      }
    }
    throw error("a string without its closing quote")
  }

  private mutating func escape() throws(SyntaxError) -> Unicode.Scalar {
    guard let byte = peek() else { throw error("a string without its closing quote") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error("an unknown escape in a string")
    }
  }

  private mutating func unicodeEscape() throws(SyntaxError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw error("half of a surrogate pair in a string")
    }
    let second = try hexadecimal()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error("half of a surrogate pair in a string") }
    return scalar
  }

  private mutating func hexadecimal() throws(SyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("an escape without four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  private func peek() -> UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      default: return
      }
      position += 1
    }
  }

  private func error(_ message: String) -> SyntaxError {
    SyntaxError(line: line, message: message)
  }

  private func unexpected(_ expected: String) -> SyntaxError {
    guard position < bytes.count else {
      return error("expected \(expected), but the document ends")
    }
    let rest = String(decoding: bytes[position..<min(position + 12, bytes.count)], as: UTF8.self)
    let found = rest.prefix { !$0.isNewline }
    return error("expected \(expected), found `\(String(found).quotable)`")
  }

  private static func isLiteral(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "'"):
      return true
    default:
      return false
    }
  }
}
