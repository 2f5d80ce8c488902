import CampaignDocuments
import ControlStore

/// What a client wants an object to say, before it is checked: a map without what only answers
/// carry, and apart from it the children that it brings.
struct ObjectDraft {
  /// The keys that answers add, by the kinds of object they are added to.
  private static let outputKeys: Set = ["version", "updated_at", "updated_by", "advertiser"]

  let key: DocumentObject.Key
  /// The campaign of a line item.
  let campaign: String?
  /// Its own fields with its id.
  let own: DocumentNode
  /// The lists of children that the body has, by their keys.
  let children: [String: DocumentNode]

  /// The draft of a body.
  ///
  /// - Parameter campaign: the campaign that the line item is in already; nil for a new one.
  /// - Throws: a ``ProblemDocument`` with status 422 where the body is no map, has another id or
  ///   campaign, or a line item has no campaign.
  init(_ body: DocumentNode, key: DocumentObject.Key, campaign: String?) throws {
    guard case .map(let entries) = body.content else {
      throw Self.rejected([.init(pointer: "", detail: "expected a map of the object's keys")])
    }
    self.key = key
    var own: [DocumentNode.Entry] = []
    var children: [String: DocumentNode] = [:]
    var named: String?
    for entry in entries where !Self.outputKeys.contains(entry.key) {
      switch entry.key {
      case "id":
        if !entry.value.isNull { try Self.check(entry.value, is: key.id, "id") }
      case "campaign" where key.kind == .lineItem:
        named = try Self.text(entry.value, "campaign") ?? named
      case _ where key.kind.childKeys.contains(entry.key):
        if !entry.value.isNull { children[entry.key] = Self.stripped(entry.value) }
      default: own.append(entry)
      }
    }
    let id = DocumentNode(content: .scalar(text: key.id, isPlain: false), line: body.line)
    own.insert(.init(key: "id", keyLine: body.line, value: id), at: 0)
    self.own = DocumentNode(content: .map(own), line: body.line)
    self.children = children
    self.campaign = try Self.campaign(named, current: campaign, key.kind)
  }

  /// The object of the body's own fields.
  var object: DocumentObject {
    DocumentObject(
      kind: key.kind, advertiser: key.advertiser, campaign: campaign, id: key.id, json: own.json)
  }

  private static func campaign(
    _ named: String?, current: String?, _ kind: DocumentKind
  ) throws -> String? {
    guard kind == .lineItem else { return nil }
    guard let campaign = current ?? named else {
      throw rejected([.init(pointer: "", detail: "missing key `campaign`")])
    }
    guard named == nil || named == campaign else {
      throw rejected([
        .init(
          pointer: "/campaign",
          detail: "a line item stays in its campaign, which is `\(campaign)`")
      ])
    }
    return campaign
  }

  private static func text(_ node: DocumentNode, _ key: String) throws -> String? {
    if node.isNull { return nil }
    guard case .scalar(let text, _) = node.content else {
      throw rejected([.init(pointer: "/\(key)", detail: "expected a string")])
    }
    return text
  }

  private static func check(_ node: DocumentNode, is id: String, _ key: String) throws {
    guard try text(node, key) != id else { return }
    throw rejected([.init(pointer: "/\(key)", detail: "the path says `\(id)`")])
  }

  /// A list of children without what answers add.
  private static func stripped(_ node: DocumentNode) -> DocumentNode {
    guard case .list(let elements) = node.content else { return node }
    return DocumentNode(
      content: .list(
        elements.map { element in
          guard case .map(let entries) = element.content else { return element }
          let kept = entries.filter { !outputKeys.contains($0.key) && $0.key != "campaign" }
          return DocumentNode(
            content: .map(
              kept.map { entry in
                guard entry.key == "line_items" else { return entry }
                return .init(
                  key: entry.key, keyLine: entry.keyLine, value: stripped(entry.value))
              }), line: element.line)
        }), line: node.line)
  }

  /// The answer to what cannot be accepted.
  static func rejected(_ faults: [ProblemDocument.Fault]) -> ProblemDocument {
    ProblemDocument(
      .unprocessableContent, "Rejected as a whole; nothing was changed.", faults: faults)
  }
}

extension DocumentKind {
  /// The keys of its children in documents.
  var childKeys: [String] {
    switch self {
    case .advertiser: ["creatives", "campaigns"]
    case .campaign: ["line_items"]
    case .creative, .lineItem: []
    }
  }
}

extension ProblemDocument.Fault {
  /// A problem of a document; its line where it came in lines.
  init(_ problem: Problem, hasLines: Bool) {
    self.init(
      pointer: problem.pointer, detail: problem.message,
      line: hasLines && problem.line > 0 ? problem.line : nil)
  }
}
