import AuctionTypes
import Cryptography
import FixedMemory

/// What binds a URL to its token and kind: six bytes of the token's code for each kind, and the
/// last two bytes more for the kind that books.
struct NoticeTag {
  /// Characters of a tag: of 48 bits, and of 64 with two bits to spare.
  static let shortCharacters = 8
  static let longCharacters = 11

  /// 48 bits.
  private let start: UInt64
  /// 16 bits; nil for a kind that does not book.
  private let end: UInt64?

  /// The tag that a kind's URL must have.
  init(of kind: NoticeKind, code: AuthenticationCode, books: Bool) {
    let first = 6 * Int(kind.rawValue)
    start = code.number(first..<first + 6)
    end = books ? code.number(30..<32) : nil
  }

  /// The tag that some characters write; nil where they write none.
  init?(_ text: RawSpan) {
    guard text.byteCount == Self.shortCharacters || text.byteCount == Self.longCharacters,
      let start = Base64URL.bits(of: text.word(at: 0))
    else { return nil }
    self.start = start
    if text.byteCount == Self.shortCharacters {
      end = nil
    } else {
      guard let bits = Base64URL.bits(of: text.partialWord(at: 8), count: 3),
        bits & 0xFFFF_FFFF == 0
      else { return nil }
      end = bits >> 32
    }
  }

  /// Whether both are the same, in a time that does not tell where they differ.
  func equals(_ other: NoticeTag) -> Bool {
    guard (end == nil) == (other.end == nil) else { return false }
    return (start ^ other.start) | ((end ?? 0) ^ (other.end ?? 0)) == 0
  }

  /// Writes its characters.
  func append(to buffer: inout FixedBuffer) {
    buffer.append(word: Base64URL.characters(of: start))
    if let end { buffer.append(word: Base64URL.characters(of: end << 32), count: 3) }
  }
}
