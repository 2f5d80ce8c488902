import ControlStore
import HTTPTypes
import Hummingbird

/// Finds out who asks: by the key of the field `Authorization`, or by a session where there is no
/// such field.
struct Authenticator: Sendable {
  private static let forgeryField = HTTPField.Name("x-csrf-token")!

  let access: AccessControl

  /// Who asks.
  ///
  /// - Throws: a ``ProblemDocument`` with status 401 without a key or session that is valid, 429
  ///   after too many of them, 403 for a session's write that may be forged.
  func principal(of request: Request, client: String) throws -> Principal {
    if let field = request.headers[.authorization] {
      guard let text = Self.bearer(field) else { throw Self.noKey }
      return try access.visitor(with: text, from: client).principal
    }
    guard let session = session(of: request) else { throw Self.noKey }
    try checkForgery(request, token: session.token)
    return session.principal
  }

  /// The running session of a request that came without a key.
  func session(of request: Request) -> (token: String, principal: Principal)? {
    guard request.headers[.authorization] == nil, let token = SessionCookie.token(of: request),
      let session = access.sessions.session(token, now: access.clock.milliseconds())
    else { return nil }
    return access.principal(of: session).map { (token, $0) }
  }

  private func checkForgery(_ request: Request, token: String) throws {
    guard ![.get, .head].contains(request.method) else { return }
    guard RequestOrigin.isOwn(request) else { throw Self.foreignOrigin }
    guard let text = request.headers[Self.forgeryField],
      access.sessions.isForgeryToken(text, of: token)
    else {
      throw ProblemDocument(
        .forbidden, "A session's write needs the field `X-CSRF-Token`; `GET /v1/session` has it.")
    }
  }

  static let foreignOrigin = ProblemDocument(
    .forbidden, "This comes from a page of another origin.")

  static let noKey = ProblemDocument(
    .unauthorized, "A key is needed: `Authorization: Bearer KEY`, or a session.",
    headers: [.wwwAuthenticate: "Bearer"])

  /// What follows the scheme, whose case does not matter (RFC 9110, section 11.1).
  private static func bearer(_ field: String) -> String? {
    let parts = field.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else {
      return nil
    }
    return String(parts[1])
  }
}
