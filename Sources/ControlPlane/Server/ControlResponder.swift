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
  private let traffic: ControlTraffic
  private let logger: Logger
  private let answers = AnswerBudget(bytes: ControlLimits.answerBytes)

  init(parts: ControlParts, logger: Logger) {
    authenticator = Authenticator(access: parts.access)
    table = RouteTable(Self.routes(parts))
    traffic = parts.traffic
    self.logger = logger
  }

  /// Every route there is.
  static func routes(_ parts: ControlParts) -> [ControlRoute] {
    let uploads = parts.uploads ?? UploadDesk(database: parts.database, port: AudiencePort())
    return ServerRoutes(parts: parts).all
      + SessionRoutes(access: parts.access, database: parts.database).all
      + KeyRoutes(access: parts.access).all
      + AuditRoutes(database: parts.database).all
      + DocumentRoutes(desk: parts.documents).all
      + ExplainRoutes(port: parts.explain).all
      + FunnelRoutes(port: parts.funnel, advertisers: parts.advertisers).all
      + UploadRoutes(desk: uploads).all
      + SourceRoutes(desk: uploads).all
      + SegmentRoutes(desk: uploads, advertisers: parts.advertisers).all
      + ReportRoutes(parts: parts).all
  }

  func respond(to request: Request, context: ControlContext) async throws -> Response {
    var log = RequestLog(
      id: Self.requestID(of: request), method: request.method,
      client: ClientAddress.of(request, peer: context.client))
    var response: Response
    do {
      response = try await answer(request, &log)
    } catch let problem as ProblemDocument {
      response = problem.response
    } catch {
      logger.error(
        "request failed", metadata: ["request_id": "\(log.id)", "error": "\(error)"])
      response = Self.problem(of: error, id: log.id).response
    }
    SecurityHeaders.add(to: &response.headers, path: request.uri.path)
    response.headers[Self.idField] = log.id
    log.write(status: response.status, to: logger)
    traffic.count(status: response.status.code)
    return request.method == .head ? Self.headOnly(response) : response
  }

  /// What a client is told of an error that no route foresaw.
  private static func problem(of error: any Error, id: String) -> ProblemDocument {
    switch DatabaseRefusal(error) {
    case .full:
      ProblemDocument(
        .init(code: 507, reasonPhrase: "Insufficient Storage"),
        "The disk of the control plane is full.")
    case .busy:
      ProblemDocument(
        .serviceUnavailable, "The database is busy.", headers: [.retryAfter: "5"])
    case nil:
      ProblemDocument(
        .internalServerError, "Something went wrong inside; the log has it under \(id).")
    }
  }

  private func answer(_ request: Request, _ log: inout RequestLog) async throws -> Response {
    switch table.match(request.method, request.uri.path) {
    case .none: throw ProblemDocument.notFound("such path: \(request.uri.path)")
    case .otherMethods(let methods):
      throw ProblemDocument(
        .methodNotAllowed, "There is no such method here.", headers: [.allow: methods])
    case .route(let route, let parameters):
      log.route = route.path
      let principal = try principal(of: request, for: route, parameters, &log)
      let response = try await route.handle(
        ControlRequest(
          request: request, parameters: parameters, principal: principal, id: log.id,
          client: log.client, answers: answers))
      return answers.admit(response, isDone: route.changes)
    }
  }

  /// Who asks, once the role suffices and the advertiser of the path exists for the key.
  private func principal(
    of request: Request, for route: ControlRoute, _ parameters: [String: String],
    _ log: inout RequestLog
  ) throws -> Principal {
    guard case .role(let role) = route.access else { return .anonymous }
    let principal = try authenticator.principal(of: request, client: log.client)
    log.keyID = principal.keyID
    guard principal.role >= role else {
      throw ProblemDocument(.forbidden, "This needs the role `\(role.rawValue)`.")
    }
    if let advertiser = parameters["advertiser"], !principal.scope.contains(advertiser) {
      throw ProblemDocument.notFound("advertiser `\(advertiser)`")
    }
    return principal
  }

  private static let idField = HTTPField.Name("x-request-id")!

  /// The id that a client gave, where it is a plain word, or a new one.
  private static func requestID(of request: Request) -> String {
    if let id = request.headers[idField],
      PlainWord.isOne(id, atMost: ControlLimits.requestIDCharacters)
    {
      return id
    }
    return String(SecureRandom.word(), radix: 36)
  }

  /// The length of a body that is not sent.
  private static func headOnly(_ response: Response) -> Response {
    let count = response.body.contentLength
    return Response(
      status: response.status, headers: response.headers,
      body: ResponseBody(contentLength: count) { writer in try await writer.finish(nil) })
  }
}
