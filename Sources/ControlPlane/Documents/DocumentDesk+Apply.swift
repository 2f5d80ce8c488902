import CampaignDocuments
import ControlStore

/// Who asks for a change, and how.
struct ChangeRequest: Sendable {
  let principal: Principal
  let requestID: String
  /// Whether everything is checked and nothing changed.
  let isValidateOnly: Bool

  /// What versions and audit entries say of it.
  var stamp: DocumentStamp {
    DocumentStamp(time: DocumentDesk.now, principal: principal, requestID: requestID)
  }
}

/// What came of applied documents.
struct ApplyOutcome: Sendable {
  let isValidateOnly: Bool
  let changes: [DocumentChange]
  /// Objects that say what they said before.
  let unchanged: Int
  let warnings: [Problem]
}

extension DocumentDesk {
  /// Replaces every advertiser of a document as a whole.
  ///
  /// - Parameter isJSON: whether it must be JSON; otherwise it is YAML or JSON.
  /// - Throws: a ``ProblemDocument``: 400 where it cannot be read, 403 where an advertiser is out
  ///   of the key's scope, 422 with every problem where it is rejected.
  func apply(
    _ bytes: [UInt8], isJSON: Bool, _ request: ChangeRequest
  ) async throws -> ApplyOutcome {
    let set = try await read { [port] in
      let root = try Self.parse(bytes, isJSON: isJSON)
      try Self.check(root, isWithin: request.principal.scope)
      let set = DocumentSet.load(root: root, name: Self.documentName, known: port.known())
      guard !set.isRejected else { throw Self.rejection(of: set.problems) }
      return set
    }
    return try await change { [self] state in try apply(set, request, &state) }
  }

  private func apply(
    _ set: DocumentSet, _ request: ChangeRequest, _ state: inout DeskState
  ) throws -> ApplyOutcome {
    var changes: [String: Advertiser?] = [:]
    for advertiser in set.advertisers {
      // The loader read these names, another reader those that were checked before.
      guard request.principal.scope.contains(advertiser.id) else {
        throw Self.isForeign(advertiser.id)
      }
      changes[advertiser.id] = advertiser
    }
    if let fault = state.fault(after: changes) {
      throw ObjectDraft.rejected([.init(pointer: "", detail: fault)])
    }
    var writes: [DocumentWrite] = []
    var before: [DocumentObject] = []
    var after: [DocumentObject] = []
    for (index, advertiser) in set.advertisers.enumerated() {
      try checkCurrency(of: advertiser, state, pointer: "/advertisers/\(index)/currency")
      let stored = try store.documents(of: advertiser.id)
      if stored.isEmpty { try Self.checkMayCreate(advertiser.id, request.principal) }
      let objects = DocumentObject.split(advertiser)
      writes += DocumentWrite.all(from: stored, to: objects)
      before += stored.map(\.object)
      after += objects
    }
    let outcome = ApplyOutcome(
      isValidateOnly: request.isValidateOnly, changes: DocumentChange.between(before, after),
      unchanged: after.count - writes.count { $0.after != nil },
      warnings: set.problems)
    guard !request.isValidateOnly, !writes.isEmpty else { return outcome }
    try commit(writes, changes, request, &state)
    return outcome
  }

  /// Stores changes and takes them over; they are in force when the round is over.
  func commit(
    _ writes: [DocumentWrite], _ changes: [String: Advertiser?], _ request: ChangeRequest,
    _ state: inout DeskState
  ) throws {
    var changed: [String: DocumentOrigin] = [:]
    for advertiser in Set(writes.map(\.key.advertiser)) {
      switch try store.origin(of: advertiser) {
      case .configuration?: changed[advertiser] = .changed
      case nil: changed[advertiser] = .api
      case .changed?, .api?: break
      }
    }
    _ = try store.write(writes, origins: changed, stamp: request.stamp)
    state.replace(changes)
  }

  /// An advertiser's currency is fixed once anything was spent in it.
  func checkCurrency(
    of advertiser: Advertiser, _ state: DeskState, pointer: String
  ) throws {
    guard let currency = try currency(of: advertiser.id, state), currency != advertiser.currency,
      port.hasSpent(advertiser.id)
    else { return }
    throw ObjectDraft.rejected([
      .init(
        pointer: pointer,
        detail: "the currency is \(currency), which is fixed since the first spend")
    ])
  }

  /// The currency that an advertiser has, or had before it was deleted.
  private func currency(of advertiser: String, _ state: DeskState) throws -> String? {
    if let current = state.advertisers[advertiser] { return current.currency }
    let key = DocumentObject.Key(kind: .advertiser, advertiser: advertiser, id: advertiser)
    let last = try store.history(of: key, below: nil, size: 1).first
    let node = try (last?.after ?? last?.before)?.node()
    guard case .scalar(let currency, _)? = node?.child("currency")?.content else { return nil }
    return currency
  }

  // MARK: Reading

  /// What problems call a document that came in a request.
  static let documentName = "the document"

  /// The nodes of a body.
  ///
  /// - Throws: a ``ProblemDocument`` with status 400 where it cannot be read.
  static func parse(_ bytes: [UInt8], isJSON: Bool) throws -> DocumentNode {
    let log = ProblemLog(file: isJSON ? "\(documentName).json" : documentName)
    let root = DocumentNode.parse(bytes, log: log)
    guard let root, !log.hasErrors else {
      throw ProblemDocument(
        .badRequest, "The body cannot be read.",
        faults: log.problems.map { .init($0, hasLines: true) })
    }
    return root
  }

  /// The answer to documents that are rejected, with every problem that is an error.
  private static func rejection(of problems: [Problem]) -> ProblemDocument {
    ObjectDraft.rejected(
      problems.filter { $0.severity == .error }.map { .init($0, hasLines: true) })
  }

  /// Whoever may make every advertiser may make this; so may a key that it was named for.
  private static func checkMayCreate(_ advertiser: String, _ principal: Principal) throws {
    guard principal.role < .admin, case .all = principal.scope else { return }
    throw ProblemDocument(
      .forbidden, "To make the advertiser `\(advertiser)` needs the role `admin`.")
  }

  /// Refuses a document that names an advertiser out of a scope, whether it exists or not.
  private static func check(_ root: DocumentNode, isWithin scope: AdvertiserScope) throws {
    guard case .list(let advertisers)? = root.child("advertisers")?.content else { return }
    let strangers = advertisers.compactMap { node -> String? in
      guard case .scalar(let id, _)? = node.child("id")?.content else { return nil }
      return scope.contains(id) ? nil : id
    }
    if let stranger = strangers.first { throw isForeign(stranger) }
  }

  private static func isForeign(_ advertiser: String) -> ProblemDocument {
    ProblemDocument(.forbidden, "The key is not for the advertiser `\(advertiser.prefix(100))`.")
  }
}
