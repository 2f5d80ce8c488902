extension DocumentReader {
  /// An id: 1 to 64 letters, digits, dots, underscores and hyphens of ASCII.
  ///
  /// The text comes back even where it breaks the rule, so that references to it are no second
  /// problem.
  func id() -> String? {
    guard let text = text(atMost: CampaignLimits.wordCharacters) else { return nil }
    let isValid = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
    if !isValid || text.isEmpty || text.utf8.count > CampaignLimits.idCharacters {
      fail(
        "`\(text.quotable)` is not an id: 1 to \(CampaignLimits.idCharacters) of "
          + "A–Z, a–z, 0–9, dot, underscore and hyphen")
    }
    return text
  }

  /// The elements of a list that could be read.
  func values<Value>(atMost count: Int, _ read: (DocumentReader) -> Value?) -> [Value] {
    (list(atMost: count) ?? []).compactMap(read)
  }

  /// A name or code as people write it.
  func word() -> String? {
    word(atMost: CampaignLimits.wordCharacters)
  }

  /// A content category such as `IAB25-3` or a number of a newer taxonomy.
  func category() -> String? {
    guard let text = word() else { return nil }
    let isValid = text.utf8.allSatisfy {
      Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
    guard isValid, text.utf8.count <= 32 else {
      fail("`\(text.quotable)` is not a content category such as IAB25 or IAB25-3")
      return nil
    }
    return text
  }

  /// A language such as `fr` or `en-US`.
  func language() -> String? {
    guard let text = word() else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isValid = parts.allSatisfy { part in
      (1...8).contains(part.utf8.count)
        && part.utf8.allSatisfy { Self.isLetter($0) || Self.isDigit($0) }
    }
    guard isValid, (2...3).contains(parts[0].utf8.count), parts[0].utf8.allSatisfy(Self.isLetter)
    else {
      fail("`\(text.quotable)` is not a language such as fr or en-US")
      return nil
    }
    return text
  }

  /// A domain without scheme, port and path, in lower case and without a dot at its end.
  func domain() -> String? {
    guard let text = word() else { return nil }
    var name = text.lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    let isValid = labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.utf8.allSatisfy {
          Self.isLetter($0) || Self.isDigit($0) || $0 >= 0x80 || $0 == UInt8(ascii: "-")
            || $0 == UInt8(ascii: "_")
        }
    }
    guard isValid, name.utf8.count <= CampaignLimits.wordCharacters else {
      let hint = name.hasPrefix("*.") ? "; subdomains are included without `*.`" : ""
      fail("`\(text.quotable)` is not a domain such as shop.example\(hint)")
      return nil
    }
    return name
  }

  /// An http or https URL with a host.
  func webURL() -> String? {
    guard let text = text(atMost: CampaignLimits.urlBytes) else { return nil }
    let lower = text.lowercased()
    let prefix = ["https://", "http://"].first { lower.hasPrefix($0) }
    let host = text.utf8.dropFirst(prefix?.utf8.count ?? 0).prefix {
      !"/?#".utf8.contains($0)
    }
    let isClean = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"\"<>\\^`".utf8.contains($0) }
    guard prefix != nil, !host.isEmpty, isClean, text.utf8.count <= CampaignLimits.urlBytes else {
      fail("`\(text.quotable)` is not a URL that starts with https:// or http://")
      return nil
    }
    return text
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    let folded = byte | 0x20
    return folded >= UInt8(ascii: "a") && folded <= UInt8(ascii: "z")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
