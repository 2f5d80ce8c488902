import ControlStore
import Hummingbird

/// `/v1/keys`: who may use the API.
struct KeyRoutes {
  let access: AccessControl

  var all: [ControlRoute] {
    let access = access
    return [
      ControlRoute(.get, "/v1/keys", .role(.admin)) { try await Self.list($0, access) },
      ControlRoute(.post, "/v1/keys", .role(.admin)) { try await Self.create($0, access) },
      ControlRoute(.delete, "/v1/keys/{id}", .role(.admin)) { try await Self.revoke($0, access) },
      ControlRoute(.post, "/v1/keys/{id}/rotate", .role(.admin)) {
        try await Self.rotate($0, access)
      },
    ]
  }

  private struct Rotation: Decodable {
    let graceSeconds: Int?

    private enum CodingKeys: String, CodingKey { case graceSeconds = "grace_seconds" }
  }

  private static func list(
    _ request: ControlRequest, _ access: AccessControl
  ) async throws -> Response {
    let page = try PageRequest(request)
    let withRevoked = try request.flag("revoked")
    let keys = try await Offload.run {
      try access.keys.page(
        after: page.after, of: request.principal.scope, withRevoked: withRevoked,
        count: page.size + 1)
    }
    let items = keys.prefix(page.size).map { KeyBody($0) }
    let isLast = keys.count <= page.size
    return try JSONResponse.of(
      Page(
        items: items,
        nextPageToken: isLast ? nil : items.last.map { PageRequest.token(after: $0.id) }))
  }

  private static func create(
    _ request: ControlRequest, _ access: AccessControl
  ) async throws -> Response {
    let write = try write(request, access)
    let new = try await request.json(NewKey.self)
    let role = try new.checkedRole()
    guard request.principal.scope.contains(new.scope) else {
      throw ProblemDocument(.forbidden, "A key cannot make one for more advertisers than its own.")
    }
    let creation = try await Offload.run {
      try access.keys.create(name: new.name, role: role, scope: new.scope, write)
    }
    switch creation {
    case .created(let key, let text):
      return try write.validateOnly
        ? JSONResponse.of(KeyBody(key)) : JSONResponse.of(KeyBody(key, text: text), .created)
    case .tooMany(let limit):
      throw ProblemDocument(.conflict, "There are \(limit) keys already: revoke some first.")
    }
  }

  private static func revoke(
    _ request: ControlRequest, _ access: AccessControl
  ) async throws -> Response {
    let write = try write(request, access)
    let id = request["id"]
    guard try await Offload.run({ try access.keys.revoke(id, write) }) else {
      throw ProblemDocument.notFound("key `\(id)`")
    }
    return Response(status: .noContent)
  }

  private static func rotate(
    _ request: ControlRequest, _ access: AccessControl
  ) async throws -> Response {
    let write = try write(request, access)
    let id = request["id"]
    let rotation = try await request.jsonOrNothing(Rotation.self)
    let grace = rotation?.graceSeconds ?? 0
    guard (0...StoreLimits.graceSeconds).contains(grace) else {
      throw ProblemDocument(
        .unprocessableContent, "The rotation does not fit.",
        faults: [
          .init(pointer: "/grace_seconds", detail: "must be from 0 to \(StoreLimits.graceSeconds)")
        ])
    }
    let rotated = try await Offload.run {
      try access.keys.rotate(id, graceSeconds: grace, write)
    }
    guard let rotated else { throw ProblemDocument.notFound("key `\(id)`") }
    return try JSONResponse.of(
      KeyBody(rotated.key, text: write.validateOnly ? nil : rotated.text))
  }

  private static func write(
    _ request: ControlRequest, _ access: AccessControl
  ) throws -> KeyWrite {
    KeyWrite(
      principal: request.principal, requestID: request.id, time: access.clock.wall(),
      validateOnly: try request.flag("validate_only"))
  }
}
