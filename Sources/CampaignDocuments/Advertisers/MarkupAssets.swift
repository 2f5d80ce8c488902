/// Looks for what a creative's markup would load over http.
enum MarkupAssets {
  /// The first http URL in the markup that may be loaded with it, or nil.
  ///
  /// What is only followed or named is no asset: links of `a` and `area`, namespaces, document
  /// types, query parameters and visible text. Everything else counts, scripts included.
  /// - Complexity: O(n) in the bytes.
  static func firstInsecure(in markup: String) -> String? {
    let bytes = Array(markup.utf8)
    let lower = bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    var tagStart = 0
    for index in lower.indices {
      if lower[index] == UInt8(ascii: "<") { tagStart = index }
      guard lower[index] == UInt8(ascii: "h"), isInsecureURL(lower[index...]),
        isLoaded(lower[tagStart..<index])
      else { continue }
      let url = bytes[index...].prefix { $0 > 0x20 && !"\"'<>)`".utf8.contains($0) }
      return String(decoding: url, as: UTF8.self)
    }
    return nil
  }

  private static func isInsecureURL(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.starts(with: "http://".utf8) || rest.starts(with: "http:\\/\\/".utf8)
  }

  /// Whether a URL that follows this part of the markup, from the last `<` on, is loaded.
  private static func isLoaded(_ before: ArraySlice<UInt8>) -> Bool {
    var rest = before
    if let last = rest.last, "\"'`\\".utf8.contains(last) { rest.removeLast() }
    if rest.last == UInt8(ascii: "\\") { rest.removeLast() }
    if before.starts(with: "<!doctype".utf8) { return false }
    if rest.last == UInt8(ascii: ">"), rest.count == before.count { return false }
    guard rest.last == UInt8(ascii: "=") else { return true }
    rest.removeLast()
    let name = rest.suffix(64).reversed().prefix { isNameByte($0) }
    let start = rest.endIndex - name.count
    let attribute = rest[start...]
    if attribute.starts(with: "xmlns".utf8) { return false }
    if start > rest.startIndex, "?&".utf8.contains(rest[start - 1]) { return false }
    return !(attribute.elementsEqual("href".utf8) && isLink(before))
  }

  private static func isLink(_ tag: ArraySlice<UInt8>) -> Bool {
    let name = tag.dropFirst().prefix { isNameByte($0) }
    return name.elementsEqual("a".utf8) || name.elementsEqual("area".utf8)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      || "-_:;".utf8.contains(byte)
  }
}
