import CampaignDocuments

/// The changes of an apply for people: a line an object with `+`, `~` or `-`, and a line a field.
struct ApplyDiff {
  private let answer: ApplyAnswer
  private let currencies: [String: String]
  private let hasColour: Bool

  /// The diff of an answer.
  ///
  /// - Parameters:
  ///   - currencies: of the advertisers' amounts, by their ids.
  ///   - hasColour: whether lines have colours beside their signs.
  init(_ answer: ApplyAnswer, currencies: [String: String], hasColour: Bool) {
    self.answer = answer
    self.currencies = currencies
    self.hasColour = hasColour
  }

  /// All lines, the last with the counts.
  /// - Complexity: O(n) in the changes.
  var lines: [String] {
    let created = answer.changes.count { $0.action == .create }
    let showsCreations = created <= ClientLimits.shownCreations
    var lines = answer.changes.flatMap { self.lines(of: $0, showsCreations: showsCreations) }
    if !showsCreations {
      lines.append("(the fields of \(created) new objects are left out; --json has them)")
    }
    if answer.isTruncated { lines.append("(the server lists no more changes than these)") }
    return lines + [summary]
  }

  private var summary: String {
    let counts = answer.summary
    if answer.isDryRun {
      return "dry run, nothing was changed: \(counts.created) to create, \(counts.updated) to "
        + "update, \(counts.deleted) to delete, \(counts.unchanged) unchanged"
    }
    return "applied: \(counts.created) created, \(counts.updated) updated, "
      + "\(counts.deleted) deleted, \(counts.unchanged) unchanged"
  }

  private func lines(of change: ApplyAnswer.Change, showsCreations: Bool) -> [String] {
    let head = "\(sign(change.action)) \(change.kind) \(change.path)".quotableText
    let currency = currencies[change.advertiser]
    let fields: [String]
    switch change.action {
    case .create:
      fields = showsCreations ? change.fields.flatMap { leaves(of: $0, currency: currency) } : []
    case .update: fields = change.fields.map { line(of: $0, currency: currency) }
    case .delete: fields = []
    }
    return [coloured(head, change.action)] + fields
  }

  /// The fields of a new object.
  private func leaves(of field: ApplyAnswer.Field, currency: String?) -> [String] {
    guard let after = field.after else { return [] }
    let empty = DocumentNode(content: .map([]), line: 0)
    return FieldChange.between(empty, after).filter {
      $0.pointer != "/id" && $0.after != "{}"
    }.map { leaf in
      let node = leaf.after.flatMap { DocumentNode(json: Array($0.utf8)) }
      let part = ApplyAnswer.Field(
        pointer: field.pointer + leaf.pointer, before: nil, after: node)
      return line(of: part, currency: currency)
    }
  }

  private func line(of field: ApplyAnswer.Field, currency: String?) -> String {
    let name = field.pointer.quotableText
    let before = field.before.map { value($0, of: field, currency) }
    let after = field.after.map { value($0, of: field, currency) }
    switch (before, after) {
    case (nil, nil): return "    ~ \(name)"
    case (nil, let after?): return coloured("    + \(name): \(after.quotable)", .create)
    case (let before?, nil): return coloured("    - \(name): \(before.quotable)", .delete)
    case (let before?, let after?):
      let (old, new) = Self.excerpts(before, after)
      return coloured("    ~ \(name): \(old) → \(new)", .update)
    }
  }

  /// A value as people read it: amounts in units of the currency, scalars without quotes.
  private func value(
    _ node: DocumentNode, of field: ApplyAnswer.Field, _ currency: String?
  ) -> String {
    if field.pointer.hasSuffix("_micros"), let micros = node.integer {
      return [Amount.text(micros: micros), currency].compactMap { $0 }.joined(separator: " ")
    }
    return node.text ?? node.json
  }

  /// Both texts from shortly before their first difference on, where they are long.
  static func excerpts(_ before: String, _ after: String) -> (String, String) {
    let limit = DocumentLimits.quotedCharacters
    let common = zip(before, after).prefix { $0 == $1 }.count
    guard max(before.count, after.count) > limit, common > limit / 2 else {
      return (before.quotable, after.quotable)
    }
    let skipped = common - limit / 4
    return (
      ("…" + before.dropFirst(skipped)).quotable, ("…" + after.dropFirst(skipped)).quotable
    )
  }

  private func sign(_ action: DocumentChange.Action) -> String {
    switch action {
    case .create: "+"
    case .update: "~"
    case .delete: "-"
    }
  }

  private func coloured(_ line: String, _ action: DocumentChange.Action) -> String {
    guard hasColour else { return line }
    let colour =
      switch action {
      case .create: 32
      case .update: 33
      case .delete: 31
      }
    return "\u{1B}[\(colour)m\(line)\u{1B}[0m"
  }
}
