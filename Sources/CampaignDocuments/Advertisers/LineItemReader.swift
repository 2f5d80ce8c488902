/// Reads a line item.
struct LineItemReader {
  private static let keys = [
    "id", "status", "bid", "budget", "pacing", "frequency_caps", "allow_unidentified", "creatives",
    "targeting",
  ]

  private let context: LoadContext
  private let advertiser: AdvertiserScope

  /// A reader for the line items of one advertiser.
  init(context: LoadContext, advertiser: AdvertiserScope) {
    self.context = context
    self.advertiser = advertiser
  }

  /// The line item, or nil if the node is no map.
  func read(_ reader: DocumentReader) -> LineItem? {
    context.countLineItem(at: reader)
    guard let map = reader.map(keys: Self.keys) else { return nil }
    let idReader = map.required("id")
    let id = idReader?.id() ?? ""
    if let idReader { advertiser.lineItemIDs.claim(id, at: idReader) }
    let bid = map.required("bid").flatMap { BidReader(context: context).read($0) }
    return LineItem(
      id: id,
      status: map["status"]?.choice() ?? .active,
      bid: bid ?? BidReader.unread,
      budget: map["budget"].map {
        BudgetReader().read($0, needsLimit: false)
      } ?? .unlimited,
      pacing: map["pacing"]?.choice() ?? .even,
      frequencyCaps: FrequencyCapReader(context: context).read(map),
      creativeIDs: creativeIDs(map),
      targeting: map["targeting"].map {
        TargetingReader(context: context, advertiser: advertiser).read($0)
      } ?? Targeting())
  }

  private func creativeIDs(_ map: DocumentMap) -> [String] {
    guard let reader = map["creatives"] else {
      map.reader.fail("no usable creative: the key `creatives` is missing")
      return []
    }
    guard let elements = reader.list(atMost: CampaignLimits.creatives) else { return [] }
    if elements.isEmpty { reader.fail("no usable creative: the list is empty") }
    return elements.compactMap { element in
      guard let id = element.word() else { return nil }
      if !advertiser.creativeIDs.contains(id) {
        let hint = NearestWord.hint(id, among: advertiser.creativeIDs.all)
        element.fail("unknown creative `\(id.quotable)`\(hint)")
      }
      return id
    }
  }
}
