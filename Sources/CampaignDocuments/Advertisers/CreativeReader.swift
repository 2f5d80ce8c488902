/// Reads a creative.
struct CreativeReader {
  private static let keys = [
    "id", "format", "w", "h", "markup", "landing_url", "attributes", "secure", "exchange_ids",
  ]
  private static let comingFormats = ["video", "native", "audio"]

  private let context: LoadContext

  /// A reader for one set.
  init(context: LoadContext) {
    self.context = context
  }

  /// The creative, or nil if the node is no map.
  func read(_ reader: DocumentReader, ids: inout UniqueIDs) -> Creative? {
    guard let map = reader.map(keys: Self.keys) else { return nil }
    let idReader = map.required("id")
    let id = idReader?.id() ?? ""
    if let idReader { ids.claim(id, at: idReader) }
    let format = map.required("format").flatMap(self.format)
    let side = 1...Int64(CampaignLimits.sidePixels)
    let markup = map.required("markup").flatMap(self.markup) ?? ""
    let creative = Creative(
      id: id,
      format: format ?? .banner,
      widthPixels: Int(map.required("w")?.integer(in: side) ?? 0),
      heightPixels: Int(map.required("h")?.integer(in: side) ?? 0),
      markup: markup,
      landingURL: map.required("landing_url")?.webURL() ?? "",
      attributes: map["attributes"]?.values(atMost: CampaignLimits.smallList) {
        $0.integer(in: 1...1_000).map(Int.init)
      } ?? [],
      isSecure: isSecure(map["secure"], markup: markup),
      exchangeIDs: map["exchange_ids"]?.valuesByExchange(known: context.known) ?? [:])
    context.countMarkup(of: creative, at: reader)
    return creative
  }

  private func format(_ reader: DocumentReader) -> Creative.Format? {
    if case .scalar(let text, _) = reader.node.content, Self.comingFormats.contains(text) {
      reader.fail("the format `\(text)` is not supported yet; only banner is")
      return nil
    }
    return reader.choice(of: Creative.Format.self)
  }

  private func markup(_ reader: DocumentReader) -> String? {
    guard let text = reader.text(atMost: CampaignLimits.markupBytes) else { return nil }
    if text.utf8.count > CampaignLimits.markupBytes {
      reader.fail("longer than \(CampaignLimits.markupBytes) bytes")
    }
    if text.allSatisfy({ $0.isWhitespace }) { reader.fail("empty") }
    return text
  }

  /// Where clicks lead does not count: they go through a URL of Nod's own.
  private func isSecure(_ reader: DocumentReader?, markup: String) -> Bool {
    let declared = reader.map { $0.boolean() ?? false }
    guard declared != false else { return false }
    if let asset = MarkupAssets.firstInsecure(in: markup) {
      reader?.warn("not secure: the markup loads `\(asset.quotable)`")
      return false
    }
    return true
  }
}
