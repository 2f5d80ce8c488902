import Cryptography
import Foundation

/// A key as its owner holds it: `nod_<id>_<secret>`; the id is public, the secret is 256 random
/// bits in base64url (RFC 4648, section 5).
package struct KeyText: Sendable {
  private static let prefix = "nod_"
  private static let idCharacters = 12
  private static let secretBytes = 32

  /// What the key is found and named by.
  package let id: String
  /// The characters of the secret.
  package let secret: String

  /// The whole text.
  package var text: String { "\(Self.prefix)\(id)_\(secret)" }

  /// What is kept of the secret: no salt is needed, as 256 random bits cannot be looked up.
  package var hash: AuthenticationCode { Digest.sha256(Array(secret.utf8)) }

  /// A new secret for an id, a new one where none is given.
  package init(newSecretFor id: String? = nil) {
    self.id = id ?? Self.newID()
    secret = Self.base64URL(SecureRandom.bytes(Self.secretBytes))
  }

  /// Takes a text apart; nil for what cannot be a key.
  package init?(_ text: String) {
    guard text.hasPrefix(Self.prefix) else { return nil }
    let parts = text.dropFirst(Self.prefix.count).split(
      separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == Self.idCharacters, !parts[1].isEmpty else {
      return nil
    }
    id = String(parts[0])
    secret = String(parts[1])
  }

  /// Bytes as base64url without padding.
  package static func base64URL(_ bytes: [UInt8]) -> String {
    let pairs: [Character: Character?] = ["+": "-", "/": "_", "=": nil]
    return String(
      Data(bytes).base64EncodedString().compactMap { pairs[$0, default: $0] })
  }

  /// Letters and digits that are hard to mistake for each other: 60 random bits.
  private static func newID() -> String {
    let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
    var word = SecureRandom.word()
    return String(
      (0..<idCharacters).map { _ in
        defer { word >>= 5 }
        return letters[Int(word & 31)]
      })
  }
}
