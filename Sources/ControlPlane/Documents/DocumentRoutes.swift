import CampaignDocuments
import ControlStore
import Hummingbird

/// Advertisers, campaigns, line items and creatives: reading, changing, their history.
struct DocumentRoutes {
  let desk: DocumentDesk
  private let budget = BodyBudget()

  init(desk: DocumentDesk) { self.desk = desk }

  var all: [ControlRoute] {
    [apply] + DocumentKind.allCases.flatMap(routes)
  }

  private var apply: ControlRoute {
    ControlRoute(.post, "/v1/apply", .role(.trader)) { [desk, budget] request in
      let isJSON = try Self.isJSON(request)
      let change = try ChangeRequest(request)
      let listed =
        try request.number("max_changes", in: 0...ControlLimits.mostListedChanges)
        ?? ControlLimits.listedChanges
      try Self.checkLength(of: request)
      return try await budget.withBody(of: request, atMost: DocumentLimits.fileBytes) { body in
        let outcome = try await desk.apply(body, isJSON: isJSON, change)
        return try await desk.read {
          let text = try DocumentAnswer.applied(outcome, listing: listed)
          guard request.answers.hasRoom(for: text.utf8.count) else {
            return JSONResponse.text(try DocumentAnswer.applied(outcome, listing: 0))
          }
          return JSONResponse.text(text)
        }
      }
    }
  }

  private func routes(_ kind: DocumentKind) -> [ControlRoute] {
    let list = "/v1/advertisers" + (kind == .advertiser ? "" : "/{advertiser}/\(kind.collection)")
    let object = list + (kind == .advertiser ? "/{advertiser}" : "/{id}")
    let deleter: Role = kind == .advertiser ? .admin : .trader
    return [
      ControlRoute(.get, list, .role(.viewer), page(kind)),
      ControlRoute(.get, object, .role(.viewer), get(kind)),
      ControlRoute(.put, object, .role(.trader), put(kind)),
      ControlRoute(.patch, object, .role(.trader), patch(kind)),
      ControlRoute(.delete, object, .role(deleter), delete(kind)),
      ControlRoute(.get, object + "/history", .role(.viewer), history(kind)),
      ControlRoute(.post, object + "/restore", .role(.trader), restore(kind)),
    ]
  }

  // MARK: Reading

  private func page(_ kind: DocumentKind) -> ControlRoute.Handler {
    { [store = desk.store] request in
      let page = try PageRequest(request)
      var selection = DocumentStore.Selection(kind, of: request.parameters["advertiser"])
      selection.scope = request.principal.scope
      selection.after = page.after
      if kind == .campaign || kind == .lineItem { selection.status = try Self.status(request) }
      if kind == .lineItem { selection.campaign = request.query("campaign") }
      return try await Offload.run { [selection] in
        if let advertiser = selection.advertiser { try Self.check(advertiser, in: store) }
        let found = try store.page(selection, size: page.size)
        return JSONResponse.text(DocumentAnswer.page(found.items, hasMore: found.hasMore))
      }
    }
  }

  private static func status(_ request: ControlRequest) throws -> String? {
    guard let status = request.query("status") else { return nil }
    guard Status(rawValue: status) != nil else {
      let words = Status.allCases.map(\.rawValue).joined(separator: ", ")
      throw ProblemDocument(.badRequest, "`status` must be one of \(words).")
    }
    return status
  }

  private static func check(_ advertiser: String, in store: DocumentStore) throws {
    let key = DocumentObject.Key(kind: .advertiser, advertiser: advertiser, id: advertiser)
    guard try store.document(key) == nil else { return }
    throw ProblemDocument.notFound("advertiser `\(advertiser)`")
  }

  private func get(_ kind: DocumentKind) -> ControlRoute.Handler {
    { [store = desk.store] request in
      let key = DocumentObject.Key(kind, request)
      let isDeep = try Self.isDeep(request, kind)
      let conditions = Preconditions(request.request.headers)
      return try await Offload.run {
        let revision = try store.revision(of: key.advertiser)
        guard let document = try store.document(key) else {
          throw ProblemDocument.notFound("\(kind.words) `\(key.id)`")
        }
        let current = Preconditions.Current(version: document.version, revision: revision)
        let fields: HTTPFields = [.eTag: isDeep ? current.treeTag : current.tag]
        if conditions.isKnown(current, isDeep: isDeep) {
          return Response(status: .notModified, headers: fields)
        }
        guard isDeep else {
          return JSONResponse.text(DocumentAnswer.object(document), headers: fields)
        }
        return JSONResponse.text(
          DocumentAnswer.tree(document, among: try store.documents(of: key.advertiser)),
          headers: fields)
      }
    }
  }

  private static func isDeep(_ request: ControlRequest, _ kind: DocumentKind) throws -> Bool {
    guard !kind.childKeys.isEmpty, let depth = request.query("depth") else { return false }
    guard depth == "all" else {
      throw ProblemDocument(.badRequest, "`depth` must be `all`.")
    }
    return true
  }

  private func history(_ kind: DocumentKind) -> ControlRoute.Handler {
    { [store = desk.store] request in
      let key = DocumentObject.Key(kind, request)
      let page = try PageRequest(request)
      let below = try page.after.map { token in
        guard let version = Int64(token) else { throw PageRequest.unknownToken }
        return version
      }
      return try await Offload.run {
        let versions = try store.history(of: key, below: below, size: page.size + 1)
        if versions.isEmpty, below == nil {
          throw ProblemDocument.notFound("\(kind.words) `\(key.id)`")
        }
        let shown = versions.prefix(page.size)
        let next = versions.count > page.size ? shown.last : nil
        return JSONResponse.text(
          DocumentAnswer.page(
            items: shown.map(DocumentAnswer.version),
            next: next.map { PageRequest.token(after: "\($0.version)") }))
      }
    }
  }

  // MARK: Changing

  private func put(_ kind: DocumentKind) -> ControlRoute.Handler {
    { [desk, budget] request in
      let wanted = try ObjectRequest(kind, request)
      try Self.checkIsJSON(request)
      try Self.checkLength(of: request)
      return try await budget.withBody(of: request, atMost: DocumentLimits.fileBytes) { body in
        Self.answer(try await desk.put(body, wanted), to: wanted, request)
      }
    }
  }

  private func patch(_ kind: DocumentKind) -> ControlRoute.Handler {
    { [desk, budget] request in
      let wanted = try ObjectRequest(kind, request)
      try Self.checkIsJSON(request)
      try Self.checkLength(of: request)
      return try await budget.withBody(of: request, atMost: DocumentLimits.fileBytes) { body in
        Self.answer(try await desk.patch(body, wanted), to: wanted, request)
      }
    }
  }

  private func restore(_ kind: DocumentKind) -> ControlRoute.Handler {
    { [desk] request in
      let wanted = try ObjectRequest(kind, request)
      let version = try await request.json(Restoration.self).version
      return Self.answer(
        try await desk.restore(version: version, wanted), to: wanted, request, createdIs: .ok)
    }
  }

  /// The body of a restoration.
  private struct Restoration: Decodable {
    let version: Int64
  }

  private func delete(_ kind: DocumentKind) -> ControlRoute.Handler {
    { [desk] request in
      try await desk.delete(try ObjectRequest(kind, request))
      return Response(status: .noContent)
    }
  }

  private static func answer(
    _ outcome: ObjectOutcome, to wanted: ObjectRequest, _ request: ControlRequest,
    createdIs created: HTTPResponse.Status = .created
  ) -> Response {
    var fields: HTTPFields = [:]
    guard !wanted.change.isValidateOnly else {
      return JSONResponse.text(DocumentAnswer.object(outcome.document))
    }
    fields[.eTag] = "\"\(outcome.document.version)\""
    if outcome.isNew, created == .created { fields[.location] = request.request.uri.path }
    return JSONResponse.text(
      DocumentAnswer.object(outcome.document), outcome.isNew ? created : .ok, headers: fields)
  }

  // MARK: Bodies

  /// Refuses a body that says that it is too long, before it comes.
  private static func checkLength(of request: ControlRequest) throws {
    let most = DocumentLimits.fileBytes
    guard let field = request.request.headers[.contentLength], let length = Int(field),
      length > most
    else { return }
    throw ProblemDocument(.contentTooLarge, "The body is longer than \(most) bytes.")
  }

  /// Whether the body says that it is JSON; what cannot be a document is refused.
  private static func isJSON(_ request: ControlRequest) throws -> Bool {
    let name = contentType(of: request)
    if name.hasSuffix("json") { return true }
    guard usualTypes.contains(name) || name.hasSuffix("yaml") || name.hasSuffix("yml") else {
      throw ProblemDocument(
        .unsupportedMediaType, "Documents are YAML or JSON, not `\(name.prefix(100))`.")
    }
    return false
  }

  /// Refuses the body of an object that says that it is something else than JSON.
  private static func checkIsJSON(_ request: ControlRequest) throws {
    let name = contentType(of: request)
    guard name.hasSuffix("json") || usualTypes.contains(name) else {
      throw ProblemDocument(
        .unsupportedMediaType, "Objects are JSON, not `\(name.prefix(100))`.")
    }
  }

  /// What clients send that were told nothing: curl says that its data is a form.
  private static let usualTypes = [
    "", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded",
  ]

  /// The type of a body without its parameters, in lower case.
  private static func contentType(of request: ControlRequest) -> String {
    let field = request.request.headers[.contentType] ?? ""
    let type = field.split(separator: ";").first.map { $0.lowercased() } ?? ""
    return type.filter { $0 != " " && $0 != "\t" }
  }
}

extension DocumentObject.Key {
  /// The object that a path names.
  fileprivate init(_ kind: DocumentKind, _ request: ControlRequest) {
    let advertiser = request["advertiser"]
    self.init(
      kind: kind, advertiser: advertiser, id: kind == .advertiser ? advertiser : request["id"])
  }
}

extension ObjectRequest {
  fileprivate init(_ kind: DocumentKind, _ request: ControlRequest) throws {
    self.init(
      key: DocumentObject.Key(kind, request),
      conditions: Preconditions(request.request.headers), change: try ChangeRequest(request))
  }
}

extension ChangeRequest {
  fileprivate init(_ request: ControlRequest) throws {
    self.init(
      principal: request.principal, requestID: request.id,
      isValidateOnly: try request.flag("validate_only"))
  }
}

extension DocumentKind {
  /// What its list is called in paths.
  var collection: String { "\(rawValue)s" }

  /// What people call one.
  var words: String { self == .lineItem ? "line item" : rawValue }
}
