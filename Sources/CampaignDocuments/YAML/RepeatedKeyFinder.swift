import Yams

/// Finds every repeated key of a YAML text, although Yams stops at the first map that has one.
///
/// Yams names the place of a repeated key. The finder puts a private-use character before that
/// key, which makes it another key, and parses again; the characters stay on their lines, so the
/// converter reports each marked key with its pointer and line.
struct RepeatedKeyFinder {
  /// U+F700 and the following ones mark the first, second and later repeated keys.
  private static let firstMarker: UInt32 = 0xF700

  private var text: String
  private var markerCount = 0

  /// A finder for a text.
  init(text: String) {
    self.text = text
  }

  /// The root of the text with repeated keys marked as far as the limits allow.
  ///
  /// Throws Yams' error where the text is not valid or a key cannot be marked.
  /// - Complexity: O(n · k) in the bytes and `DocumentLimits.repeatedKeys`, with n · k at most
  ///   `DocumentLimits.repeatedKeyBytes`.
  mutating func rootWithMarkedKeys() throws -> Node {
    let affordable = DocumentLimits.repeatedKeyBytes / max(1, text.utf8.count)
    let attempts = min(DocumentLimits.repeatedKeys, affordable)
    while true {
      do {
        return try YAMLComposer.root(of: text)
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        guard markerCount < attempts, mark(at: context.mark) else {
          throw YamlError.duplicatedKeysInMapping(duplicates: keys, context: context)
        }
      }
    }
  }

  /// The key as its author wrote it.
  func unmarked(_ key: String) -> String {
    guard markerCount > 0, let first = key.unicodeScalars.first, isMarker(first) else { return key }
    return String(key.unicodeScalars.dropFirst())
  }

  /// Puts a marker before a key; false if its place cannot take one.
  private mutating func mark(at mark: Mark) -> Bool {
    guard markerCount > 0 || !text.unicodeScalars.contains(where: isPossibleMarker),
      var index = Self.index(of: mark, in: text),
      let marker = Unicode.Scalar(Self.firstMarker + UInt32(markerCount))
    else { return false }
    switch text.unicodeScalars[index] {
    case "&", "*", "!", "[", "{", "?", "|", ">": return false
    case "\"", "'": index = text.unicodeScalars.index(after: index)
    default: break
    }
    text.unicodeScalars.insert(marker, at: index)
    markerCount += 1
    return true
  }

  private func isMarker(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= Self.firstMarker && scalar.value < Self.firstMarker + UInt32(markerCount)
  }

  private func isPossibleMarker(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= Self.firstMarker
      && scalar.value < Self.firstMarker + UInt32(DocumentLimits.repeatedKeys)
  }

  /// Where a mark of Yams stands in the text, or nil outside of it.
  /// - Complexity: O(n) in the bytes.
  static func index(of mark: Mark, in text: String) -> String.Index? {
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    for _ in 1..<max(1, mark.line) {
      guard let newline = text.utf8[index...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      index = text.utf8.index(after: newline)
    }
    return scalars.index(index, offsetBy: mark.column - 1, limitedBy: scalars.endIndex)
      .flatMap { $0 < scalars.endIndex ? $0 : nil }
  }
}
