import AuctionTypes
import CampaignCatalog
import CampaignDocuments

@testable import BidEngine

/// The auction of one impression among the line items that match its request.
struct PlainImpression {
  private let auction: PlainAuction
  private let request: PlainRequest
  private let index: Int
  private let impression: [String: Any]
  private let exchange: ExchangeRules
  private let currency: String
  private let user: String?
  private(set) var bids: [PlainAuction.Bid] = []
  private var refusals: [String: NoBidReason] = [:]
  private var furthest: NoBidReason?

  init(
    _ auction: PlainAuction, _ request: PlainRequest, _ index: Int, exchange: Int,
    currency: String, user: String?
  ) {
    self.auction = auction
    self.request = request
    self.index = index
    self.currency = currency
    self.user = user
    impression = request.impressions[index]
    self.exchange = auction.exchanges[exchange]
  }

  private var banner: [String: Any]? { impression["banner"] as? [String: Any] }
  private var market: [String: Any] { impression["pmp"] as? [String: Any] ?? [:] }
  private var isPrivate: Bool { PlainRequest.flag(market["private_auction"]) }
  private var deals: [[String: Any]] {
    (market["deals"] as? [[String: Any]] ?? []).filter { PlainRequest.text($0["id"]) != nil }
  }

  /// The sizes that the banner takes.
  private var sizes: [(Int, Int)] {
    func size(_ object: [String: Any]) -> (Int, Int)? {
      guard let width = PlainRequest.integer(object["w"]), width > 0,
        let height = PlainRequest.integer(object["h"]), height > 0
      else { return nil }
      return (width, height)
    }
    let formats = (banner?["format"] as? [[String: Any]] ?? []).compactMap(size)
    return formats.isEmpty ? [size(banner ?? [:])].compactMap { $0 } : formats
  }

  func verdict(of path: String) -> Explanation.Verdict {
    if let bid = bids.first(where: { $0.path == path }) { return .bids(CPM(micros: bid.micros)) }
    return .refused(refusals[path] ?? .outbid)
  }

  /// Chooses the bids; returns the furthest reason of those that were refused.
  mutating func run(_ entries: [PlainAuction.Entry], taken: [String]) -> NoBidReason? {
    var candidates: [PlainAuction.Entry] = []
    for entry in entries {
      guard let problem = problem(entry) else {
        candidates.append(entry)
        continue
      }
      refuse(entry, problem)
    }
    if candidates.isEmpty { return furthest }
    furthest = nil
    for deal in deals {
      choose(candidates.filter { answers($0.lineItem, deal) }, deal, taken)
    }
    if !isPrivate {
      let open = candidates.filter { bidsOpen($0.lineItem) }
      for _ in 0..<exchange.bidsPerImpression { choose(open, nil, taken) }
    }
    return furthest
  }

  private mutating func refuse(_ entry: PlainAuction.Entry, _ reason: NoBidReason) {
    if refusals[entry.path] == nil { refusals[entry.path] = reason }
    if reason.rawValue > furthest?.rawValue ?? 0 { furthest = reason }
  }

  private func bidsOpen(_ lineItem: LineItem) -> Bool {
    lineItem.targeting.deals.values.include.isEmpty || lineItem.targeting.deals.isOpen
  }

  private func answers(_ lineItem: LineItem, _ deal: [String: Any]) -> Bool {
    let id = PlainRequest.text(deal["id"])
    let values = lineItem.targeting.deals.values
    return values.include.contains { PlainTargeting.isSame($0, id) }
      && !values.exclude.contains { PlainTargeting.isSame($0, id) }
  }

  /// What keeps a line item from any offer of the impression.
  private func problem(_ entry: PlainAuction.Entry) -> NoBidReason? {
    guard let banner else { return .format }
    if PlainRequest.flag(impression["secure"]) && !auction.rules.hasSecureURL { return .secure }
    let position = PlainRequest.integer(banner["pos"])
    if !PlainTargeting.accepts(entry.lineItem.targeting.positions, { $0 == position }) {
      return .position
    }
    let isOpen = !isPrivate && bidsOpen(entry.lineItem)
    if !isOpen && !deals.contains(where: { answers(entry.lineItem, $0) }) { return .deal }
    return creatives(of: entry).contains(where: fits) ? nil : .size
  }

  private func creatives(of entry: PlainAuction.Entry) -> [Creative] {
    entry.advertiser.creatives.filter { entry.lineItem.creativeIDs.contains($0.id) }
  }

  private func fits(_ creative: Creative) -> Bool {
    sizes.contains { $0 == (creative.widthPixels, creative.heightPixels) }
  }

  /// Why the impression may not show a creative of its size.
  private func problem(_ creative: Creative) -> NoBidReason? {
    let blockedApps = PlainRequest.texts(request.root["bapp"])
    if let app = creative.landingURL.split(separator: "=").dropFirst().first,
      creative.landingURL.contains("play.google.com"),
      blockedApps.contains(where: { PlainTargeting.isSame(String(app), $0) })
    {
      return .blockedApp
    }
    let attributes = PlainRequest.integers(banner?["battr"])
    let types = PlainRequest.integers(banner?["btype"])
    let mimes = PlainRequest.texts(banner?["mimes"])
    let type = creative.markup.contains("<script") ? 3 : 2
    if creative.attributes.contains(where: attributes.contains) || types.contains(type)
      || !mimes.isEmpty && !mimes.contains(where: { $0 == "text/html" || $0.hasPrefix("image/") })
    {
      return .blockedAttribute
    }
    return PlainRequest.flag(impression["secure"]) && !creative.isSecure ? .insecureMarkup : nil
  }

  /// The creatives that a line item may show here.
  func eligibleCreatives(of entry: PlainAuction.Entry) -> [Creative] {
    creatives(of: entry).filter { fits($0) && problem($0) == nil }
  }

  private mutating func choose(
    _ candidates: [PlainAuction.Entry], _ deal: [String: Any]?, _ taken: [String]
  ) {
    let holder = deal ?? impression
    let floorCurrency = PlainRequest.text(holder["bidfloorcur"])?.uppercased() ?? "USD"
    let stated = PlainRequest.micros(holder["bidfloor"])
    let isFixed = PlainRequest.integer(deal?["at"]) == 3
    var floor: Int64? = 0
    if stated > 0 {
      floor = auction.convert(stated, from: floorCurrency, to: currency, up: true)
    } else if isFixed && floorCurrency != currency && auction.rates[floorCurrency] == nil {
      floor = nil
    }
    guard let floor else {
      for entry in candidates { refuse(entry, .floor) }
      return
    }
    var best: (entry: PlainAuction.Entry, micros: Int64)?
    for entry in candidates {
      let gone = taken + bids.map(\.path)
      if gone.contains(entry.path) {
        refuse(entry, .outbid)
      } else if let micros = price(entry, deal, floor, isFixed && stated > 0) {
        if let best, micros <= best.micros {
          refuse(entry, .outbid)
        } else {
          if let best { refuse(best.entry, .outbid) }
          best = (entry, micros)
        }
      }
    }
    guard let best else { return }
    if !isTest { auction.money.take(best.entry, nanos: cost(best.entry, best.micros), user: user) }
    bids.append(
      PlainAuction.Bid(
        path: best.entry.path, impression: index, deal: PlainRequest.text(deal?["id"]),
        micros: best.micros))
  }

  /// A line item's bid for an offer; nil where a rule refuses it.
  private mutating func price(
    _ entry: PlainAuction.Entry, _ deal: [String: Any]?, _ floor: Int64, _ isFixed: Bool
  ) -> Int64? {
    let seat = entry.advertiser.seats[exchange.name] ?? exchange.seat
    let seats = PlainRequest.texts(deal?["wseat"])
    let domains = PlainRequest.texts(deal?["wadomain"]).map { $0.lowercased() }
    let isAdvertiser =
      domains.isEmpty
      || domains.contains {
        entry.advertiser.domain == $0 || entry.advertiser.domain.hasSuffix("." + $0)
      }
    if !seats.isEmpty && !seats.contains(seat) || !isAdvertiser {
      refuse(entry, .deal)
      return nil
    }
    let worth = auction.convert(
      entry.lineItem.bid.amountMicros, from: entry.advertiser.currency, to: currency, up: false)
    guard let worth else {
      refuse(entry, .currency)
      return nil
    }
    let step = (exchange.priceDecimals..<6).reduce(Int64(1)) { step, _ in step * 10 }
    var micros = worth / step * step
    if micros == 0 || micros < floor {
      refuse(entry, micros == 0 ? .price : .floor)
      return nil
    }
    if isFixed {
      micros = (floor + step - 1) / step * step
      if micros > worth {
        refuse(entry, .floor)
        return nil
      }
    }
    if eligibleCreatives(of: entry).isEmpty {
      let problems = creatives(of: entry).filter(fits).compactMap(problem)
      refuse(entry, problems.max { $0.rawValue < $1.rawValue } ?? .size)
      return nil
    }
    if !isTest,
      let problem = auction.money.problem(entry, nanos: cost(entry, micros), user: user)
    {
      refuse(entry, problem)
      return nil
    }
    return micros
  }

  private var isTest: Bool { PlainRequest.flag(request.root["test"]) }

  /// What a bid costs its advertiser, in nano-units of its currency.
  private func cost(_ entry: PlainAuction.Entry, _ micros: Int64) -> Int64 {
    auction.convert(micros, from: currency, to: entry.advertiser.currency, up: true) ?? .max
  }
}
