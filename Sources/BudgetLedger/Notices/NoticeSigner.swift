import AuctionTypes
import Cryptography
import FixedMemory

/// Makes the URLs of a bid's notices, and reads them when they come back: one for each worker.
///
/// A URL's path is `/n/`, the letter of its kind, `/`, the token in base64url, and a tag cut out of
/// the token's HMAC-SHA256: 48 bits for each kind, and 16 more for the kind that books. No byte of
/// the code is in two tags, so one URL of a bid says nothing about the others, and the length tells
/// what a URL may do. Every character is a letter, a digit, `-`, `_` or `/`: nothing needs escaping
/// in JSON or in an HTML attribute.
package struct NoticeSigner: ~Copyable, Sendable {
  /// The characters of the longest path that ``appendPath(_:to:)`` writes.
  package static let longestPath = pathStart + TokenLayout.longCharacters + NoticeTag.longCharacters

  /// The characters before the token: `/n/`, the kind's letter, `/`.
  private static let pathStart = 5
  private static let letterOffset = 3

  private let authenticator: MessageAuthenticator
  /// The bytes that the code is of.
  private var binary = FixedBuffer(capacity: TokenLayout.longBytes)
  /// The path of a URL up to its tag: ``pathStart``, then the signed token's characters.
  private var text = FixedBuffer(capacity: pathStart + TokenLayout.longCharacters + 8)
  private var code = AuthenticationCode.zero
  private var billOn = NoticeKind.billing

  /// - Precondition: a key of at least 32 bytes.
  package init(key: [UInt8]) {
    precondition(key.count >= 32, "a notice key has at least 32 bytes")
    authenticator = MessageAuthenticator(key: key)
    text.append("/n/_/")
  }

  // MARK: Writing

  /// Signs a token; ``appendPath(_:to:)`` then writes its URLs, until another one is signed.
  ///
  /// - Precondition: a sequence below 2⁴⁰, a price from 0 to below 2⁴⁸ micros, a time from 1970 to
  /// below 2⁴⁸ ms, a window of at most ``LedgerLimits/windowSeconds``, positive rates, and a price
  /// that fits in the account's currency.
  package mutating func sign(_ token: NoticeToken) {
    precondition(token.rates.source > 0 && token.rates.target > 0 && token.reserved != nil)
    binary.removeAll()
    text.truncate(to: Self.pathStart)
    let groups = TokenLayout.groups(of: token)
    for index in 0..<8 {
      appendBytes(groups[index])
      text.append(word: Base64URL.characters(of: groups[index]))
    }
    if TokenLayout.hasRates(token) { append(TokenLayout.groups(of: token.rates)) }
    code = authenticator.authenticate(binary.bytes)
    billOn = token.billOn
  }

  /// Writes the path of the signed token's URL of a kind, without a query.
  package mutating func appendPath(_ kind: NoticeKind, to buffer: inout FixedBuffer) {
    text.set(kind.letter, at: Self.letterOffset)
    buffer.append(text)
    NoticeTag(of: kind, code: code, books: kind == billOn).append(to: &buffer)
  }

  private mutating func append(_ rates: InlineArray<3, UInt64>) {
    appendBytes(rates)
    text.append(word: Base64URL.characters(of: rates[0]))
    text.append(word: Base64URL.characters(of: rates[1]))
    text.append(word: Base64URL.characters(of: rates[2]), count: 6)
  }

  private mutating func appendBytes(_ rates: InlineArray<3, UInt64>) {
    appendBytes(rates[0])
    appendBytes(rates[1])
    binary.append(word: (rates[2] << 16).byteSwapped, count: 4)
  }

  private mutating func appendBytes(_ group: UInt64) {
    binary.append(word: (group << 16).byteSwapped, count: 6)
  }

  // MARK: Reading

  /// Reads what follows `/n/` in a path: the kind's letter, `/`, token and tag; nil where that is
  /// not what was signed with this key, to the last character.
  package mutating func read(_ path: RawSpan) -> SignedNotice? {
    guard let kind = NoticeKind(path: path) else { return nil }
    return read(kind, path.slice(2, path.byteCount &- 2)).map {
      SignedNotice(kind: kind, token: $0)
    }
  }

  /// Reads token and tag, which follow the kind's letter and `/`; nil where they were not signed
  /// with this key for this kind.
  package mutating func read(_ kind: NoticeKind, _ path: RawSpan) -> NoticeToken? {
    guard let form = PathForm(characters: path.byteCount) else { return nil }
    binary.removeAll()
    guard let groups = readGroups(path),
      let rates = form.hasRates ? readRates(path) : .same,
      let tag = NoticeTag(path.slice(form.tokenCharacters, form.tagCharacters))
    else { return nil }
    let code = authenticator.authenticate(binary.bytes)
    guard tag.equals(NoticeTag(of: kind, code: code, books: form.books)),
      let token = TokenLayout.token(groups, rates: rates),
      TokenLayout.hasRates(token) == form.hasRates, (token.billOn == kind) == form.books
    else { return nil }
    return token
  }

  private mutating func readGroups(_ path: RawSpan) -> InlineArray<8, UInt64>? {
    var groups = InlineArray<8, UInt64>(repeating: 0)
    for index in 0..<8 {
      guard let group = Base64URL.bits(of: path.word(at: index &* 8)) else { return nil }
      groups[index] = group
      appendBytes(group)
    }
    return groups
  }

  private mutating func readRates(_ path: RawSpan) -> RatePair? {
    guard let first = Base64URL.bits(of: path.word(at: 64)),
      let second = Base64URL.bits(of: path.word(at: 72)),
      let last = Base64URL.bits(of: path.slice(80, 6).partialWord(at: 0), count: 6),
      last & 0xFFFF == 0
    else { return nil }
    appendBytes([first, second, last])
    return TokenLayout.rates([first, second, last])
  }
}

/// The parts of a path that its length tells.
private struct PathForm {
  let hasRates: Bool
  let books: Bool

  /// Nil for a length that no path has.
  init?(characters: Int) {
    let short = TokenLayout.shortCharacters
    let long = TokenLayout.longCharacters
    switch characters {
    case short + NoticeTag.shortCharacters: (hasRates, books) = (false, false)
    case short + NoticeTag.longCharacters: (hasRates, books) = (false, true)
    case long + NoticeTag.shortCharacters: (hasRates, books) = (true, false)
    case long + NoticeTag.longCharacters: (hasRates, books) = (true, true)
    default: return nil
    }
  }

  var tokenCharacters: Int {
    hasRates ? TokenLayout.longCharacters : TokenLayout.shortCharacters
  }

  var tagCharacters: Int { books ? NoticeTag.longCharacters : NoticeTag.shortCharacters }
}
