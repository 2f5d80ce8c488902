/// Reads a campaign with its line items.
struct CampaignReader {
  private static let keys = [
    "id", "status", "flight", "budget", "timezone", "frequency_caps", "allow_unidentified",
    "line_items",
  ]

  private let context: LoadContext
  private let advertiser: AdvertiserScope

  /// A reader for the campaigns of one advertiser.
  init(context: LoadContext, advertiser: AdvertiserScope) {
    self.context = context
    self.advertiser = advertiser
  }

  /// The campaign, or nil if the node is no map.
  func read(_ reader: DocumentReader) -> Campaign? {
    guard let map = reader.map(keys: Self.keys) else { return nil }
    let idReader = map.required("id")
    let id = idReader?.id() ?? ""
    if let idReader { advertiser.campaignIDs.claim(id, at: idReader) }
    return Campaign(
      id: id,
      status: map["status"]?.choice() ?? .active,
      flight: map["flight"].map(flight) ?? .open,
      budget: budget(map),
      timeZone: map["timezone"].map(timeZone) ?? "UTC",
      frequencyCaps: FrequencyCapReader(context: context).read(map),
      lineItems: map["line_items"]?.values(atMost: CampaignLimits.lineItems) {
        LineItemReader(context: context, advertiser: advertiser).read($0)
      } ?? [])
  }

  private func flight(_ reader: DocumentReader) -> Flight {
    guard let map = reader.map(keys: ["start", "end"]) else { return .open }
    let start = map["start"]?.instantMilliseconds()
    let end = map["end"]?.instantMilliseconds()
    if let start, let end, end <= start {
      map["end"]?.fail("the end is not after the start")
    }
    return Flight(startMilliseconds: start, endMilliseconds: end)
  }

  private func budget(_ map: DocumentMap) -> Budget {
    guard let reader = map.required("budget") else { return .unlimited }
    return BudgetReader().read(reader, needsLimit: true)
  }

  private func timeZone(_ reader: DocumentReader) -> String {
    guard let name = reader.word() else { return "UTC" }
    if !context.hasTimeZone(name) {
      reader.fail("unknown time zone `\(name.quotable)`; write one such as Europe/Paris")
    }
    return name
  }
}
