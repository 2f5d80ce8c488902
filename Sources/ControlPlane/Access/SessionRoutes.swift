import AuctionTypes
import ControlStore
import Hummingbird

/// `/v1/me` and `/v1/session`: who one is, signing in at the console, and out.
struct SessionRoutes {
  let access: AccessControl
  let database: ControlDatabase

  var all: [ControlRoute] {
    let desk = self
    return [
      ControlRoute(.get, "/v1/me", .role(.viewer)) { try JSONResponse.of(Identity($0.principal)) },
      ControlRoute(.get, "/v1/session", .role(.viewer)) { try desk.show($0) },
      ControlRoute(.post, "/v1/session", .open) { try await desk.open($0) },
      ControlRoute(.delete, "/v1/session", .role(.viewer)) { try await desk.close($0) },
    ]
  }

  private struct SignIn: Decodable {
    let key: String
  }

  private func show(_ request: ControlRequest) throws -> Response {
    let session = try running(request)
    return try JSONResponse.of(
      Identity(session.principal, forgeryToken: access.sessions.forgeryToken(of: session.token)))
  }

  private func open(_ request: ControlRequest) async throws -> Response {
    guard RequestOrigin.isOwn(request.request) else { throw Authenticator.foreignOrigin }
    let body = try await request.json(SignIn.self, atMost: ControlLimits.signInBytes)
    let visitor = try access.visitor(with: body.key, from: request.client)
    try access.admitSignIn(of: visitor)
    try await record("session.create", visitor.principal, request)
    let token = access.sessions.open(for: visitor, now: access.clock.milliseconds())
    let cookie = SessionCookie.field(token, overTLS: ClientAddress.isOverTLS(request.request))
    return try JSONResponse.of(
      Identity(visitor.principal, forgeryToken: access.sessions.forgeryToken(of: token)),
      headers: [.setCookie: cookie])
  }

  private func close(_ request: ControlRequest) async throws -> Response {
    let session = try running(request)
    access.sessions.close(session.token)
    try await record("session.delete", session.principal, request)
    return Response(status: .noContent, headers: [.setCookie: SessionCookie.removal])
  }

  /// A key alone is no session.
  private func running(
    _ request: ControlRequest
  ) throws -> (token: String, principal: Principal) {
    guard let session = Authenticator(access: access).session(of: request.request) else {
      throw ProblemDocument(
        .unauthorized, "There is no session: `POST /v1/session` opens one.",
        headers: [.wwwAuthenticate: "Bearer"])
    }
    return session
  }

  private func record(
    _ action: String, _ principal: Principal, _ request: ControlRequest
  ) async throws {
    let entry = AuditEntry(
      time: access.clock.wall(), keyID: principal.keyID, requestID: request.id, action: action,
      advertiser: principal.scope.soleAdvertiser, object: "keys/\(principal.keyID)/sessions")
    let database = database
    try await Offload.run { try AuditLog.append(entry, in: database) }
  }
}

/// Who asks, as the API says it.
private struct Identity: Encodable {
  let forgeryToken: String?
  let keyID: String
  let name: String
  let role: String
  let advertisers: [String]?

  init(_ principal: Principal, forgeryToken: String? = nil) {
    self.forgeryToken = forgeryToken
    keyID = principal.keyID
    name = principal.name
    role = principal.role.rawValue
    advertisers = principal.scope.advertisers
  }

  private enum CodingKeys: String, CodingKey {
    case forgeryToken = "csrf_token"
    case keyID = "key_id"
    case name, role, advertisers
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(forgeryToken, forKey: .forgeryToken)
    try container.encode(keyID, forKey: .keyID)
    try container.encode(name, forKey: .name)
    try container.encode(role, forKey: .role)
    // Null says "all", which a missing member would not.
    try container.encode(advertisers, forKey: .advertisers)
  }
}
