import CampaignDocuments
import ControlStore

/// Documents as JSON, as answers show them: an object's own keys behind those that only answers
/// have.
enum DocumentAnswer {
  /// An object with its version and where it belongs.
  static func object(_ document: StoredDocument) -> String {
    "{\(members(of: document))}"
  }

  /// A page of objects.
  static func page(_ documents: [StoredDocument], hasMore: Bool) -> String {
    let next = hasMore ? documents.last.map { PageRequest.token(after: $0.object.id) } : nil
    return page(items: documents.map(object), next: next)
  }

  /// A page of JSON texts.
  static func page(items: [String], next: String?) -> String {
    let token = next.map { ",\"next_page_token\":\(quoted($0))" } ?? ""
    return "{\"items\":[\(items.joined(separator: ","))]\(token)}"
  }

  /// An advertiser or campaign with all that stands in it.
  ///
  /// - Parameter documents: all of its advertiser.
  static func tree(_ root: StoredDocument, among documents: [StoredDocument]) -> String {
    var lineItems: [String: [String]] = [:]
    for document in documents where document.object.kind == .lineItem {
      lineItems[document.object.campaign ?? "", default: []].append(object(document))
    }
    func campaign(_ document: StoredDocument) -> String {
      let items = lineItems[document.object.id] ?? []
      return "{\(members(of: document)),\"line_items\":[\(items.joined(separator: ","))]}"
    }
    guard root.object.kind == .advertiser else { return campaign(root) }
    let creatives = documents.filter { $0.object.kind == .creative }.map(object)
    let campaigns = documents.filter { $0.object.kind == .campaign }.map(campaign)
    return "{\(members(of: root)),\"creatives\":[\(creatives.joined(separator: ","))],"
      + "\"campaigns\":[\(campaigns.joined(separator: ","))]}"
  }

  /// A version of an object.
  static func version(_ version: DocumentVersion) -> String {
    "{\"version\":\(version.version),\"at\":\(quoted(version.time.rfc3339)),"
      + "\"by\":\(quoted(version.keyName)),\"key_id\":\(quoted(version.keyID)),"
      + "\"action\":\(quoted(version.action.rawValue)),"
      + "\"before\":\(version.before.map(state) ?? "null"),"
      + "\"after\":\(version.after.map(state) ?? "null")}"
  }

  /// What came of applied documents.
  ///
  /// - Parameter limit: changes that are listed; all are counted.
  static func applied(_ outcome: ApplyOutcome, listing limit: Int) throws -> String {
    func count(_ action: DocumentChange.Action) -> Int {
      outcome.changes.count { $0.action == action }
    }
    let listed = listed(outcome.changes, limit)
    let warnings = outcome.warnings.map { ProblemDocument.Fault($0, hasLines: true) }
    let warningText = String(
      decoding: try JSONResponse.encoder.encode(warnings), as: UTF8.self)
    return "{\"validate_only\":\(outcome.isValidateOnly),\"summary\":{"
      + "\"created\":\(count(.create)),\"updated\":\(count(.update)),"
      + "\"deleted\":\(count(.delete)),\"unchanged\":\(outcome.unchanged)},"
      + "\"changes\":[\(listed.joined(separator: ","))],"
      + "\"truncated\":\(outcome.changes.count > listed.count),"
      + "\"warnings\":\(warningText)}"
  }

  /// The first changes, as many as are asked for and ``ControlLimits/listedChangeBytes`` hold.
  private static func listed(_ changes: [DocumentChange], _ limit: Int) -> [String] {
    var texts: [String] = []
    var bytes = 0
    for next in changes.prefix(limit) {
      let text = change(next)
      bytes += text.utf8.count
      if bytes > ControlLimits.listedChangeBytes { break }
      texts.append(text)
    }
    return texts
  }

  private static func change(_ change: DocumentChange) -> String {
    let fields = change.fields.map { field in
      "{\"pointer\":\(quoted(field.pointer)),\"before\":\(field.before ?? "null"),"
        + "\"after\":\(field.after ?? "null")}"
    }
    let object = change.object
    return "{\"action\":\"\(change.action.rawValue)\",\"kind\":\"\(object.kind.rawValue)\","
      + "\"path\":\(quoted(object.path)),\"advertiser\":\(quoted(object.advertiser)),"
      + "\"id\":\(quoted(object.id)),\"fields\":[\(fields.joined(separator: ","))]}"
  }

  /// The keys of an object and those that answers add, without braces.
  private static func members(of document: StoredDocument) -> String {
    "\(state(document.object).dropFirst().dropLast()),\"version\":\(document.version),"
      + "\"updated_at\":\(quoted(document.updated.rfc3339)),"
      + "\"updated_by\":\(quoted(document.updatedBy))"
  }

  /// An object's own keys with where it belongs.
  private static func state(_ object: DocumentObject) -> String {
    var place = ""
    if object.kind != .advertiser { place += "\"advertiser\":\(quoted(object.advertiser))," }
    if let campaign = object.campaign { place += "\"campaign\":\(quoted(campaign))," }
    return "{\(place)\(object.json.dropFirst())"
  }

  private static func quoted(_ text: String) -> String { DocumentNode.text(text).json }
}
