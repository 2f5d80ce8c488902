import HTTP1

/// A second reading of the rules, by splitting whole text: what the fast parser is held against.
enum NaiveHeadParser {
  /// Whether an outcome is right as to complete, partial or malformed, framing and length.
  static func agrees(with parsed: Parsed, on bytes: [UInt8]) -> Bool {
    guard let (lines, count) = lines(bytes) else {
      // Some line has not ended: partial, unless an ended line or a control byte is wrong already.
      if case .complete = parsed { return false }
      return true
    }
    let verdict = judge(lines)
    switch parsed {
    case .complete(let head, let consumed):
      return verdict?.framing == head.framing && verdict?.length == head.contentLength
        && consumed == count
    case .partial: return false
    case .malformed: return verdict == nil
    }
  }

  /// The lines of the head without their ends, and the head's bytes; nil where it does not end.
  private static func lines(_ bytes: [UInt8]) -> ([[UInt8]], Int)? {
    var lines: [[UInt8]] = []
    var start = 0
    for place in bytes.indices.dropLast() where bytes[place] == 13 && bytes[place + 1] == 10 {
      let line = Array(bytes[start..<place])
      start = place + 2
      if line.isEmpty && !lines.isEmpty { return (lines, start) }
      if !line.isEmpty { lines.append(line) }
    }
    return nil
  }

  private static func judge(_ lines: [[UInt8]]) -> (framing: RequestHead.Framing, length: Int)? {
    let isClean = lines.joined().allSatisfy { $0 == 9 || $0 >= 32 && $0 != 127 }
    guard isClean, let version = version(of: lines[0]) else { return nil }
    var hosts = 0
    var lengths: [[UInt8]] = []
    var codings: [[UInt8]] = []
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: 58), colon > 0 else { return nil }
      guard line[..<colon].allSatisfy(isToken) else { return nil }
      let value = trimmed(line[(colon + 1)...])
      switch String(decoding: line[..<colon], as: UTF8.self).lowercased() {
      case "host":
        hosts += 1
        let extra = Array("-._~!$&'()*+,;=%:[]".utf8)
        guard value.allSatisfy({ isAlphanumeric($0) || extra.contains($0) }) else { return nil }
      case "content-length": lengths.append(value)
      case "transfer-encoding": codings.append(value)
      default: break
      }
    }
    guard hosts == 1 || hosts == 0 && version == 0 else { return nil }
    return framing(lengths, codings, version)
  }

  private static func framing(
    _ lengths: [[UInt8]], _ codings: [[UInt8]], _ version: UInt8
  ) -> (framing: RequestHead.Framing, length: Int)? {
    guard lengths.count + codings.count <= 1 else { return nil }
    if let coding = codings.first {
      let isChunked = String(decoding: coding, as: UTF8.self).lowercased() == "chunked"
      return isChunked && version > 0 ? (.chunked, 0) : nil
    }
    guard let length = lengths.first else { return (.none, 0) }
    guard !length.isEmpty, length.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    return (.length, Int(String(decoding: length, as: UTF8.self)) ?? .max)
  }

  private static func version(of line: [UInt8]) -> UInt8? {
    let parts = line.split(separator: 32, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(isToken) else { return nil }
    let target = Array(parts[1])
    guard !target.isEmpty, target.allSatisfy({ $0 > 32 && $0 < 127 }) else { return nil }
    let text = String(decoding: target, as: UTF8.self)
    let isKnown =
      text.hasPrefix("/") || text == "*" || isAbsolute(text)
      || text.contains(":") && text.utf8.allSatisfy(isHost)
    let digits = Array(parts[2])
    guard isKnown, digits.count == 8, digits.starts(with: Array("HTTP/1.".utf8)) else { return nil }
    guard digits[7] >= 48, digits[7] <= 57 else { return nil }
    return digits[7] - 48
  }

  private static func isAbsolute(_ text: String) -> Bool {
    for scheme in ["http://", "https://"] where text.lowercased().hasPrefix(scheme) {
      let rest = text.dropFirst(scheme.count)
      let authority = rest.prefix { $0 != "/" && $0 != "?" }
      return !authority.isEmpty && authority.utf8.allSatisfy(isHost)
    }
    return false
  }

  private static func isHost(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || Array("-._~!$&'()*+,;=%:[]".utf8).contains(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte >= 48 && byte <= 57 || byte >= 65 && byte <= 90 || byte >= 97 && byte <= 122
  }

  private static func isToken(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || Array("!#$%&'*+-.^_`|~".utf8).contains(byte)
  }

  private static func trimmed(_ value: ArraySlice<UInt8>) -> [UInt8] {
    let isSpace = { (byte: UInt8) in byte == 32 || byte == 9 }
    let start = value.firstIndex { !isSpace($0) } ?? value.endIndex
    let end = value.lastIndex { !isSpace($0) } ?? start - 1
    return Array(value[start..<(end + 1)])
  }
}
