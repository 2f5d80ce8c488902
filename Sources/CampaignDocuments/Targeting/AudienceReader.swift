/// Reads an audience expression: a map of `any`, `all` and `none`, whose lists hold segments and
/// such maps; the keys of one map are joined by and.
struct AudienceReader {
  private let known: KnownReferences
  private let advertiser: String

  /// A reader for the line items of one advertiser.
  init(known: KnownReferences, advertiser: String) {
    self.known = known
    self.advertiser = advertiser
  }

  /// The expression, or nil if it names no segment.
  func read(_ reader: DocumentReader) -> AudienceExpression? {
    let expression = map(reader, depth: 1)
    if let expression, expression.segments.count > CampaignLimits.audienceSegments {
      reader.fail("more than \(CampaignLimits.audienceSegments) segments in one expression")
    }
    return expression
  }

  private func map(_ reader: DocumentReader, depth: Int) -> AudienceExpression? {
    guard depth <= CampaignLimits.audienceDepth else {
      reader.fail("more than \(CampaignLimits.audienceDepth) nested maps")
      return nil
    }
    guard let map = reader.map(keys: ["any", "all", "none"]) else { return nil }
    let any = map["any"].flatMap { parts($0, depth: depth) }.map(AudienceExpression.any)
    let all = map["all"].flatMap { parts($0, depth: depth) }.map(AudienceExpression.all)
    let none = map["none"].flatMap { parts($0, depth: depth) }.map(AudienceExpression.none)
    let clauses = [any, all, none].compactMap { $0 }
    return clauses.count > 1 ? .all(clauses) : clauses.first
  }

  /// The parts of a list, or nil if there are none.
  private func parts(_ reader: DocumentReader, depth: Int) -> [AudienceExpression]? {
    let parts = reader.values(atMost: CampaignLimits.audienceSegments) { element in
      if case .map = element.node.content { return nested(element, depth: depth + 1) }
      return segment(element)
    }
    return parts.isEmpty ? nil : parts
  }

  private func nested(_ reader: DocumentReader, depth: Int) -> AudienceExpression? {
    guard !reader.log.isFull else { return nil }
    let isEmpty = !reader.namesSegment
    if isEmpty { reader.fail("names no segment") }
    return isEmpty ? nil : map(reader, depth: depth)
  }

  private func segment(_ reader: DocumentReader) -> AudienceExpression? {
    guard let name = reader.word() else { return nil }
    guard !name.contains(where: { $0 == "," || $0.isWhitespace }) else {
      reader.fail("`\(name.quotable)` is not a segment: it has a comma or a blank")
      return nil
    }
    if !known.hasSegment(name, of: advertiser) {
      reader.fail("unknown segment `\(name.quotable)`: no source has its prefix")
    }
    return .segment(name)
  }
}

extension DocumentReader {
  /// Whether a map of an audience has a list that is not empty, or a key that is an error anyway.
  fileprivate var namesSegment: Bool {
    guard case .map(let entries) = node.content else { return false }
    return entries.contains { entry in
      if case .list(let elements) = entry.value.content { return !elements.isEmpty }
      return !entry.value.isNull
    }
  }
}
