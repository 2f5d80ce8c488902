import CampaignDocuments

/// Names of one kind, to find repeated ones.
struct UniqueNames {
  private let kind: String
  private var lines: [String: Int] = [:]

  /// No names of a kind, as in "exchange".
  init(kind: String) {
    self.kind = kind
  }

  /// Claims a name; one that is taken is an error.
  mutating func claim(_ name: String, at reader: DocumentReader) {
    if let line = lines[name] {
      reader.fail("repeated \(kind) name `\(name)`, first on line \(line)")
    } else {
      lines[name] = reader.line
    }
  }
}

extension DocumentReader {
  /// A name that is part of paths: letters, digits, dot, underscore and hyphen, no dot first.
  func name() -> String? {
    guard let text = word(atMost: ConfigurationLimits.pathCharacters) else { return nil }
    let isValid = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isValid, !text.hasPrefix("."), text.utf8.count <= ConfigurationLimits.nameCharacters
    else {
      fail(
        "`\(text.quotable)` is not a name: 1 to \(ConfigurationLimits.nameCharacters) of A–Z, "
          + "a–z, 0–9, dot, underscore and hyphen, with no dot in front")
      return nil
    }
    return text
  }

  /// A name that no other of its kind has; one that is repeated is an error.
  func uniqueName(in names: inout UniqueNames) -> String? {
    guard let name = name() else { return nil }
    names.claim(name, at: self)
    return name
  }

  /// Reads the path of a file or folder.
  func path(into path: inout String) {
    if let text = word(atMost: ConfigurationLimits.pathCharacters) { path = text }
  }

  /// Reads how long something is kept or waited for, in milliseconds.
  func keepingTime(into milliseconds: inout Int64) {
    if let time = self.milliseconds(in: ConfigurationLimits.keepingMilliseconds) {
      milliseconds = time
    }
  }

  /// Reads an address to listen at.
  func address(into address: inout ListenAddress) {
    guard let text = word(atMost: ConfigurationLimits.pathCharacters) else { return }
    guard let value = ListenAddress(text) else {
      return fail(
        "`\(text.quotable)` is not an address such as 127.0.0.1:8080, 0.0.0.0:8080 or [::1]:8080")
    }
    address = value
  }

  /// The prefix of URLs: scheme, host and maybe a port and a path, without a slash at its end.
  func urlPrefix(schemes: [String]) -> String? {
    guard let text = word(atMost: ConfigurationLimits.pathCharacters) else { return nil }
    let scheme = schemes.first { text.lowercased().hasPrefix($0) }
    let rest = text.dropFirst(scheme?.count ?? 0)
    let isClean = text.utf8.allSatisfy {
      (0x21...0x7E).contains($0) && !"\"<>\\^`{|}?#".utf8.contains($0)
    }
    guard scheme != nil, isClean, let first = rest.first, first != "/", first != ":" else {
      fail(
        "`\(text.quotable)` is not the prefix of a URL such as \(schemes[0])bid.example; "
          + "it has no query and no fragment")
      return nil
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }
}
