import ControlStore
import Cryptography
import FixedMemory
import Hummingbird

/// Finds out whose key a request came with.
struct Authenticator: Sendable {
  private let administrator: AuthenticationCode

  init(parts: ControlParts) {
    administrator = Self.code(of: parts.administratorToken)
  }

  /// Who asks.
  ///
  /// - Throws: a ``ProblemDocument`` with status 401 without a key that exists, 403 where its role
  ///   does not suffice.
  func principal(
    of request: Request, for access: ControlRoute.Access, client: String
  ) async throws -> Principal {
    guard case .role(let role) = access else { return .anonymous }
    guard let field = request.headers[.authorization], field.hasPrefix("Bearer "),
      Self.code(of: Array(field.utf8.dropFirst(7))).equals(administrator)
    else {
      throw ProblemDocument(
        .unauthorized, "A key is needed: `Authorization: Bearer KEY`.",
        headers: [.wwwAuthenticate: "Bearer"])
    }
    let principal = Principal(
      keyID: "token-file", name: "token-file", role: .admin, scope: .all)
    guard principal.role >= role else {
      throw ProblemDocument(.forbidden, "This needs the role `\(role.rawValue)`.")
    }
    return principal
  }

  /// What tokens are compared by, in constant time: a keyed hash of equal length for all.
  private static func code(of token: [UInt8]) -> AuthenticationCode {
    MessageAuthenticator(key: Array("nod control token".utf8)).authenticate(token.rawSpan)
  }
}
