import CampaignDocuments

/// What a server says that an apply did or would do.
struct ApplyAnswer {
  /// Objects by what became of them.
  struct Summary: Equatable {
    let created: Int64
    let updated: Int64
    let deleted: Int64
    let unchanged: Int64
  }

  /// What became of one object.
  struct Change {
    let action: DocumentChange.Action
    let kind: String
    let path: String
    let advertiser: String
    let fields: [Field]
  }

  /// What became of one field.
  struct Field {
    let pointer: String
    let before: DocumentNode?
    let after: DocumentNode?
  }

  /// Whether nothing was changed.
  let isDryRun: Bool
  /// The counts.
  let summary: Summary
  /// Every object that differs, in the server's order.
  let changes: [Change]
  /// Whether the server says that it left some out.
  let isTruncated: Bool
  /// Pointers into what was sent, and what its author should know.
  let warnings: [ServerProblem.Fault]

  /// Reads an answer; nil where it is none of an apply.
  /// - Complexity: O(n) in the bytes.
  init?(_ answer: ClientAnswer) {
    guard let root = DocumentNode(json: answer.body), let counts = root["summary"] else {
      return nil
    }
    isDryRun = root["validate_only"]?.text == "true"
    func count(_ key: String) -> Int64 { counts[key]?.integer ?? 0 }
    summary = Summary(
      created: count("created"), updated: count("updated"), deleted: count("deleted"),
      unchanged: count("unchanged"))
    changes = (root["changes"]?.elements ?? []).compactMap(Self.change)
    isTruncated = root["truncated"]?.text == "true"
    warnings = (root["warnings"]?.elements ?? []).map {
      ServerProblem.Fault(pointer: $0["pointer"]?.text ?? "", detail: $0["detail"]?.text ?? "")
    }
  }

  private static func change(_ node: DocumentNode) -> Change? {
    guard let action = node["action"]?.text.flatMap(DocumentChange.Action.init) else { return nil }
    return Change(
      action: action, kind: node["kind"]?.text ?? "", path: node["path"]?.text ?? "",
      advertiser: node["advertiser"]?.text ?? "",
      fields: (node["fields"]?.elements ?? []).map { field in
        Field(
          pointer: field["pointer"]?.text ?? "", before: field["before"], after: field["after"])
      })
  }
}
