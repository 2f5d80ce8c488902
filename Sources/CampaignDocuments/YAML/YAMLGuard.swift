/// Refuses, before Yams sees them, the texts that would make it misbehave.
enum YAMLGuard {
  /// Throws a refusal for control characters, and for lists or maps as keys beside many aliases.
  ///
  /// Yams hashes every key to find repeated ones. A key that is a list of aliases of lists of
  /// aliases takes time exponential in their number; up to `DocumentLimits.keyAliases` the
  /// growth is harmless, as n aliases expand to at most 3^(n/3) values.
  /// - Complexity: O(n) in the bytes.
  static func check(_ bytes: [UInt8]) throws(YAMLComposer.Refusal) {
    try checkCharacters(bytes)
    let anchors = names(after: UInt8(ascii: "&"), in: bytes)
    guard !anchors.isEmpty else { return }
    let defined = Set(anchors.map { $0.name })
    let aliases = names(after: UInt8(ascii: "*"), in: bytes).filter { defined.contains($0.name) }
    guard aliases.count > DocumentLimits.keyAliases else { return }
    let ends = Set(aliases.map { $0.end })
    for index in bytes.indices where isKeyEnd(index, in: bytes, aliasEnds: ends) {
      throw YAMLComposer.Refusal(
        line: line(of: index, in: bytes), message: "a key that is an alias, a list or a map")
    }
  }

  private static func checkCharacters(_ bytes: [UInt8]) throws(YAMLComposer.Refusal) {
    let bad = bytes.firstIndex {
      $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D || $0 == 0x7F
    }
    guard let bad else { return }
    throw YAMLComposer.Refusal(
      line: line(of: bad, in: bytes),
      message: "a control character (\(bytes[bad])) in the document")
  }

  /// The names that follow an indicator at the start of a token, with their ends.
  private static func names(
    after indicator: UInt8, in bytes: [UInt8]
  ) -> [(name: ArraySlice<UInt8>, end: Int)] {
    var found: [(name: ArraySlice<UInt8>, end: Int)] = []
    for index in bytes.indices where bytes[index] == indicator {
      guard index == 0 || startsTokenAfter(bytes[index - 1]) else { continue }
      let name = bytes[(index + 1)...].prefix(while: isNameByte)
      if !name.isEmpty { found.append((name, name.endIndex)) }
    }
    return found
  }

  private static func isKeyEnd(_ index: Int, in bytes: [UInt8], aliasEnds: Set<Int>) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: ":"):
      let before = bytes[..<index].lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
      guard let before else { return false }
      let isCollection = bytes[before] == UInt8(ascii: "]") || bytes[before] == UInt8(ascii: "}")
      return isCollection || aliasEnds.contains(before + 1)
    case UInt8(ascii: "?"):
      let before = bytes[..<index].lastIndex {
        $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-")
      }
      guard let before else { return true }
      return "\n\r[{,".utf8.contains(bytes[before])
    default:
      return false
    }
  }

  private static func startsTokenAfter(_ byte: UInt8) -> Bool {
    " \t\r\n[]{},:?-!\"'".utf8.contains(byte)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      return true
    default:
      return false
    }
  }

  private static func line(of index: Int, in bytes: [UInt8]) -> Int {
    bytes[..<index].count { $0 == UInt8(ascii: "\n") } + 1
  }
}
