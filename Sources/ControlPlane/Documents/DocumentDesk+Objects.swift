import CampaignDocuments
import ControlStore

/// A change of one object: which, and on what condition.
struct ObjectRequest: Sendable {
  let key: DocumentObject.Key
  let conditions: Preconditions
  let change: ChangeRequest
}

/// What came of a write of one object.
struct ObjectOutcome: Sendable {
  /// As it is stored now.
  let document: StoredDocument
  /// Whether it was not there before.
  let isNew: Bool
}

extension DocumentDesk {
  /// Makes an object or replaces it; children that the body has replace the children as a whole.
  func put(_ body: [UInt8], _ request: ObjectRequest) async throws -> ObjectOutcome {
    try await change { [self] state in
      let node = try Self.parse(body, isJSON: true)
      let current = try current(of: request)
      if current == nil, request.key.kind == .advertiser { try Self.checkMayCreate(request) }
      let draft = try ObjectDraft(node, key: request.key, campaign: current?.object.campaign)
      return try write(
        draft, over: current, as: current == nil ? .create : .update, request, &state)
    }
  }

  /// Changes fields of an object by a merge patch (RFC 7396).
  func patch(_ body: [UInt8], _ request: ObjectRequest) async throws -> ObjectOutcome {
    try await change { [self] state in
      let patch = try Self.parse(body, isJSON: true)
      guard case .map = patch.content else {
        throw ObjectDraft.rejected([.init(pointer: "", detail: "expected a map")])
      }
      let current = try existing(request)
      let node = MergePatch.apply(patch, to: try current.object.node())
      let draft = try ObjectDraft(node, key: request.key, campaign: current.object.campaign)
      return try write(draft, over: current, as: .update, request, &state)
    }
  }

  /// Makes an object what it was after an older version.
  func restore(version: Int64, _ request: ObjectRequest) async throws -> ObjectOutcome {
    try await change { [self] state in
      guard let old = try store.version(version, of: request.key) else {
        throw ProblemDocument.notFound("version \(version) of this object")
      }
      guard let object = old.after else {
        throw ObjectDraft.rejected([
          .init(pointer: "/version", detail: "version \(version) is its deletion")
        ])
      }
      let current = try current(of: request)
      if current == nil, request.key.kind == .advertiser { try Self.checkMayCreate(request) }
      let node = try object.node().setting(.text(object.campaign ?? ""), for: "campaign")
      let draft = try ObjectDraft(
        object.kind == .lineItem ? node : try object.node(), key: request.key,
        campaign: current?.object.campaign)
      return try write(draft, over: current, as: .restore, request, &state)
    }
  }

  /// Deletes an object with all that stands in it.
  func delete(_ request: ObjectRequest) async throws {
    try await change { [self] state in
      let current = try existing(request)
      let key = request.key
      try checkIsFree(key)
      var gone = [current]
      switch key.kind {
      case .advertiser: gone = try store.documents(of: key.advertiser)
      case .campaign: gone += try store.lineItems(of: key.id, advertiser: key.advertiser)
      case .creative, .lineItem: break
      }
      guard !request.change.isValidateOnly else { return }
      let left = key.kind == .advertiser ? nil : state.advertisers[key.advertiser]?.removing(key)
      try commit(
        DocumentWrite.all(from: gone, to: []), [key.advertiser: left], request.change, &state)
      if left == nil, key.kind != .advertiser { try reload(key.advertiser, &state) }
    }
  }

  // MARK: What is there

  /// The object of a request, after its conditions are met.
  private func current(of request: ObjectRequest) throws -> StoredDocument? {
    let key = request.key
    if key.kind != .advertiser, try store.document(Self.key(of: key.advertiser)) == nil {
      throw ProblemDocument.notFound("advertiser `\(key.advertiser)`")
    }
    let current = try store.document(key)
    try request.conditions.check(
      try current.map {
        .init(version: $0.version, revision: try store.revision(of: key.advertiser))
      }
    )
    return current
  }

  private func existing(_ request: ObjectRequest) throws -> StoredDocument {
    guard try store.document(request.key) != nil, let current = try current(of: request) else {
      throw ProblemDocument.notFound("\(request.key.kind.words) `\(request.key.id)`")
    }
    return current
  }

  private static func key(of advertiser: String) -> DocumentObject.Key {
    DocumentObject.Key(kind: .advertiser, advertiser: advertiser, id: advertiser)
  }

  private static func checkMayCreate(_ request: ObjectRequest) throws {
    guard request.change.principal.role < .admin else { return }
    throw ProblemDocument(.forbidden, "To make an advertiser needs the role `admin`.")
  }

  /// Refuses to delete what others refer to.
  private func checkIsFree(_ key: DocumentObject.Key) throws {
    var users: [String] = []
    switch key.kind {
    case .creative:
      users = try store.lineItems(showing: key.id, advertiser: key.advertiser).map {
        "line item `\($0)`"
      }
    case .advertiser:
      users = port.sources(key.advertiser).map { "audience source `\($0)` of the configuration" }
    case .campaign, .lineItem: break
    }
    guard !users.isEmpty else { return }
    throw ProblemDocument(
      .conflict, "It is in use.",
      faults: users.map { .init(pointer: "", detail: "used by the \($0)") })
  }

  /// Puts in force what fits again of an advertiser that was out of force.
  private func reload(_ advertiser: String, _ state: inout DeskState) throws {
    let others = Set(try store.origins().keys).subtracting([advertiser])
    let stored = try StoredAdvertisers(store, except: others, known: port.known())
    state.replace([advertiser: stored.advertisers[advertiser]])
  }

  // MARK: Writing

  private func write(
    _ draft: ObjectDraft, over current: StoredDocument?, as action: DocumentAction,
    _ request: ObjectRequest, _ state: inout DeskState
  ) throws -> ObjectOutcome {
    let candidate = try candidate(draft, over: current, state)
    let id = draft.key.advertiser
    if let fault = state.fault(after: [id: candidate.advertiser]) {
      throw ObjectDraft.rejected([.init(pointer: "", detail: fault)])
    }
    if draft.key.kind == .advertiser {
      try checkCurrency(of: candidate.advertiser, state, pointer: "/currency")
    }
    let writes = candidate.writes(as: action)
    if !request.change.isValidateOnly, !writes.isEmpty {
      try commit(writes, [id: candidate.advertiser], request.change, &state)
    }
    return ObjectOutcome(
      document: try result(of: candidate, over: current, request), isNew: current == nil)
  }

  /// The object as it is stored now, or as it would be.
  private func result(
    of candidate: Candidate, over current: StoredDocument?, _ request: ObjectRequest
  ) throws -> StoredDocument {
    if let current, current.object == candidate.object { return current }
    if !request.change.isValidateOnly, let stored = try store.document(request.key) {
      return stored
    }
    return StoredDocument(
      object: candidate.object, version: (current?.version ?? 0) + 1, updated: Self.now,
      updatedBy: request.change.principal.name)
  }
}
