/// Reads an advertiser with everything below it.
struct AdvertiserReader {
  private static let keys = [
    "id", "name", "domain", "currency", "seats", "categories", "creatives", "campaigns",
  ]

  private let context: LoadContext

  /// A reader for one set.
  init(context: LoadContext) {
    self.context = context
  }

  /// The advertiser, or nil if the node is no map; it is complete if no error was recorded.
  func read(_ reader: DocumentReader) -> Advertiser? {
    guard let map = reader.map(keys: Self.keys) else { return nil }
    let idReader = map.required("id")
    let id = idReader?.id() ?? ""
    if let idReader { context.claimAdvertiser(id, at: idReader) }
    let creatives = self.creatives(map)
    let scope = AdvertiserScope(id: id, creativeIDs: creatives.ids)
    return Advertiser(
      id: id,
      name: map["name"]?.word() ?? id,
      domain: map.required("domain")?.domain() ?? "",
      currency: map["currency"].map(currency) ?? "USD",
      seats: map["seats"].map { exchangeNames($0) } ?? [:],
      categories: map["categories"]?.values(atMost: CampaignLimits.smallList) { $0.category() }
        ?? [],
      creatives: creatives.values,
      campaigns: map["campaigns"]?.values(atMost: CampaignLimits.campaigns) {
        CampaignReader(context: context, advertiser: scope).read($0)
      } ?? [])
  }

  private func creatives(_ map: DocumentMap) -> (values: [Creative], ids: UniqueIDs) {
    var ids = UniqueIDs(kind: "creative")
    let creatives = map["creatives"]?.values(atMost: CampaignLimits.creatives) {
      CreativeReader(context: context).read($0, ids: &ids)
    }
    return (creatives ?? [], ids)
  }

  private func currency(_ reader: DocumentReader) -> String {
    guard let code = reader.word() else { return "" }
    if !CurrencyCodes.active.contains(code) {
      let upper = code.uppercased()
      let hint = CurrencyCodes.active.contains(upper) ? "; did you mean `\(upper)`?" : ""
      reader.fail("`\(code.quotable)` is not a currency code of ISO 4217\(hint)")
    }
    return code
  }

  private func exchangeNames(_ reader: DocumentReader) -> [String: String] {
    reader.valuesByExchange(known: context.known)
  }
}

/// What line items need to know of their advertiser.
final class AdvertiserScope {
  /// The advertiser's id.
  let id: String
  /// Ids of its creatives.
  let creativeIDs: UniqueIDs
  /// Ids of its campaigns so far.
  var campaignIDs = UniqueIDs(kind: "campaign")
  /// Ids of its line items so far, in all campaigns.
  var lineItemIDs = UniqueIDs(kind: "line item")

  /// The scope of an advertiser without campaigns.
  init(id: String, creativeIDs: UniqueIDs) {
    self.id = id
    self.creativeIDs = creativeIDs
  }
}
