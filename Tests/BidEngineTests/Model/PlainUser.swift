import AuctionTypes
import CampaignCatalog

/// Who the user of a request is, as far as it may be known.
struct PlainUser {
  /// Whether no privacy signal forbids to read ids.
  let isReadable: Bool
  /// The first usable id, as `space:id`; nil where there is none or one of all is suppressed.
  var key: String?
  /// The segments of all ids.
  var segments: Set<String> = []

  init(_ request: PlainRequest, exchange: ExchangeRules, _ auction: PlainAuction) {
    isReadable = Self.isReadable(request, auction.rules)
    guard isReadable else { return }
    let ids = Self.ids(request, exchange)
    if ids.contains(where: { auction.suppressed.contains($0) }) { return }
    key = ids.first
    for id in ids { segments.formUnion(auction.users[id] ?? []) }
  }

  private static func isReadable(_ request: PlainRequest, _ rules: BiddingRules) -> Bool {
    let regulations = request.regulations
    if PlainRequest.flag(regulations["coppa"]) { return false }
    if PlainRequest.either(regulations, "gpp").contains(where: { PlainRequest.text($0) != nil }) {
      return false
    }
    for text in PlainRequest.either(regulations, "us_privacy").compactMap(PlainRequest.text)
    where text.dropFirst(2).first == "Y" { return false }
    let gdpr = PlainRequest.either(regulations, "gdpr").compactMap(PlainRequest.integer)
    if !gdpr.isEmpty { return !gdpr.contains(1) }
    let places = [request.device["geo"], request.user["geo"]].compactMap { $0 as? [String: Any] }
    let isEuropean = places.contains { place in
      ["FRA", "FR", "DEU", "GBR", "CHE"].contains(PlainRequest.text(place["country"]) ?? "")
    }
    return !(rules.assumesGDPR && isEuropean)
  }

  private static func ids(_ request: PlainRequest, _ exchange: ExchangeRules) -> [String] {
    var ids: [String] = []
    func add(_ space: String, _ value: Any?) {
      guard let id = PlainRequest.text(value), !["null", "unknown", "-1", "0"].contains(id),
        !id.hasPrefix("${")
      else { return }
      ids.append("\(space):\(space == "ifa" ? id.lowercased() : id)")
    }
    let isHidden =
      PlainRequest.flag(request.device["lmt"]) || PlainRequest.flag(request.device["dnt"])
    add("nod", request.user["buyeruid"])
    add(exchange.idSpace, request.user["id"])
    if !isHidden { add("ifa", request.device["ifa"]) }
    for list in PlainRequest.either(request.user, "eids").compactMap({ $0 as? [[String: Any]] }) {
      for group in list {
        for uid in group["uids"] as? [[String: Any]] ?? [] {
          add(PlainRequest.text(group["source"]) ?? "", uid["id"])
        }
      }
    }
    return ids
  }
}
