/// A place in a document as an RFC 6901 JSON pointer, written out only when a problem needs it.
package indirect enum DocumentPointer: Sendable {
  /// The whole document.
  case root
  /// The value of a key in the map that the pointer names.
  case key(DocumentPointer, String)
  /// The element at an index of the list that the pointer names.
  case index(DocumentPointer, Int)
}

extension DocumentPointer: CustomStringConvertible {
  /// The pointer's text: empty for the root, else tokens after slashes, with `~` as `~0` and
  /// `/` as `~1` (RFC 6901 section 3).
  /// - Complexity: O(n) in the depth.
  package var description: String {
    var tokens: [String] = []
    var pointer = self
    while true {
      switch pointer {
      case .root:
        return tokens.reversed().map { "/\($0)" }.joined()
      case .key(let parent, let key):
        tokens.append(Self.escaped(key))
        pointer = parent
      case .index(let parent, let index):
        tokens.append(String(index))
        pointer = parent
      }
    }
  }

  private static func escaped(_ key: String) -> String {
    guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return key
    }
    return key.map { character in
      switch character {
      case "~": "~0"
      case "/": "~1"
      default: String(character)
      }
    }.joined()
  }
}
