import ControlStore
import Cryptography
import HTTPTypes
import Hummingbird
import Logging

/// Answers every request: finds its route, checks the key, asks the route, and turns what it throws
/// into problem documents.
struct ControlResponder: HTTPResponder {
  typealias Context = ControlContext

  private let table: RouteTable
  private let authenticator: Authenticator
  private let logger: Logger

  init(parts: ControlParts, logger: Logger) {
    authenticator = Authenticator(parts: parts)
    table = RouteTable(Self.routes(parts))
    self.logger = logger
  }

  /// Every route there is.
  static func routes(_ parts: ControlParts) -> [ControlRoute] {
    ServerRoutes(parts: parts).all
  }

  func respond(to request: Request, context: ControlContext) async throws -> Response {
    let id = Self.requestID()
    var response: Response
    do {
      response = try await answer(request, id, context)
    } catch let problem as ProblemDocument {
      response = problem.response
    } catch {
      logger.error(
        "request failed", metadata: ["request_id": "\(id)", "error": "\(error)"])
      response =
        ProblemDocument(
          .internalServerError, "Something went wrong inside; the log has it under \(id)."
        ).response
    }
    response.headers[Self.idField] = id
    return request.method == .head ? Self.headOnly(response) : response
  }

  private func answer(
    _ request: Request, _ id: String, _ context: ControlContext
  ) async throws -> Response {
    switch table.match(request.method, request.uri.path) {
    case .none: throw ProblemDocument.notFound("such path: \(request.uri.path)")
    case .otherMethods(let methods):
      throw ProblemDocument(
        .methodNotAllowed, "There is no such method here.", headers: [.allow: methods])
    case .route(let route, let parameters):
      let principal = try await authenticator.principal(
        of: request, for: route.access, client: context.client)
      if let advertiser = parameters["advertiser"], !principal.scope.contains(advertiser) {
        throw ProblemDocument.notFound("advertiser `\(advertiser)`")
      }
      return try await route.handle(
        ControlRequest(
          request: request, parameters: parameters, principal: principal, id: id,
          client: context.client))
    }
  }

  private static let idField = HTTPField.Name("x-request-id")!

  private static func requestID() -> String {
    String(SecureRandom.word(), radix: 36)
  }

  /// The length of a body that is not sent.
  private static func headOnly(_ response: Response) -> Response {
    let count = response.body.contentLength
    return Response(
      status: response.status, headers: response.headers,
      body: ResponseBody(contentLength: count) { writer in try await writer.finish(nil) })
  }
}
