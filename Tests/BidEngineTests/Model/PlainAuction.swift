import AuctionTypes
import CampaignCatalog
import CampaignDocuments

@testable import BidEngine

/// The decision once more, over the documents as they are and the request as Foundation reads it:
/// line item by line item, rule by rule, in the contract's words.
struct PlainAuction {
  struct Entry {
    let advertiser: Advertiser
    let campaign: Campaign
    let lineItem: LineItem

    var path: String { "\(advertiser.id)/\(campaign.id)/\(lineItem.id)" }
  }

  struct Bid: Equatable {
    let path: String
    let impression: Int
    let deal: String?
    let micros: Int64
  }

  struct Decision {
    var reason: NoBidReason?
    var currency = "USD"
    var bids: [Bid] = []
    var verdicts: [String: [Explanation.Verdict]] = [:]
  }

  let entries: [Entry]
  let exchanges: [ExchangeRules]
  let rules: BiddingRules
  let rates: [String: Int64]
  let users: [String: [String]]
  let suppressed: Set<String>
  let money: PlainMoney
  /// The hundredth that a user id belongs to.
  let percent: (String) -> Int?

  init(
    _ advertisers: [Advertiser], exchanges: [ExchangeRules], rules: BiddingRules,
    rates: [CurrencyCode: Int64], users: [String: [String]], suppressed: [String],
    money: PlainMoney, percent: @escaping (String) -> Int?
  ) {
    entries = advertisers.flatMap { advertiser in
      advertiser.campaigns.flatMap { campaign in
        campaign.lineItems.map {
          Entry(advertiser: advertiser, campaign: campaign, lineItem: $0)
        }
      }
    }.sorted {
      ($0.advertiser.id, $0.campaign.id, $0.lineItem.id)
        < ($1.advertiser.id, $1.campaign.id, $1.lineItem.id)
    }
    self.exchanges = exchanges
    self.rules = rules
    var named = ["USD": Int64(1_000_000_000)]
    for (currency, rate) in rates { named[currency.description] = rate }
    self.rates = named
    self.users = users
    self.suppressed = Set(suppressed)
    self.money = money
    self.percent = percent
  }

  func decide(_ request: PlainRequest, exchange: Int, at time: WallTime) -> Decision {
    var decision = Decision()
    let user = PlainUser(request, exchange: exchanges[exchange], self)
    let count = request.impressions.count
    if let reason = screen(request, user, &decision) {
      decision.reason = reason
      for entry in entries {
        decision.verdicts[entry.path] = Array(repeating: .refused(reason), count: count)
      }
      return decision
    }
    var matching: [Entry] = []
    var furthest: NoBidReason?
    for entry in entries {
      let problem = requestProblem(entry, request, user, exchange, time)
      if let problem {
        decision.verdicts[entry.path] = Array(repeating: .refused(problem), count: count)
        if problem.rawValue >= furthest?.rawValue ?? 0 { furthest = problem }
      } else {
        matching.append(entry)
      }
    }
    if matching.isEmpty {
      decision.reason = furthest ?? .inactive
      return decision
    }
    for impression in request.impressions.indices {
      var auction = PlainImpression(
        self, request, impression, exchange: exchange, currency: decision.currency,
        user: user.key)
      let reason = auction.run(matching, taken: decision.bids.map(\.path))
      decision.bids += auction.bids
      for entry in matching {
        decision.verdicts[entry.path, default: []].append(auction.verdict(of: entry.path))
      }
      if let reason, reason.rawValue > decision.reason?.rawValue ?? 0 { decision.reason = reason }
    }
    if !decision.bids.isEmpty { decision.reason = nil }
    return decision
  }

  /// What is judged without any line item.
  private func screen(
    _ request: PlainRequest, _ user: PlainUser, _ decision: inout Decision
  ) -> NoBidReason? {
    if !user.isReadable && !rules.bidsWithoutConsent { return .privacy }
    let banners = request.impressions.filter { $0["banner"] is [String: Any] }
    if banners.isEmpty { return .format }
    let isAllSecure = banners.allSatisfy { PlainRequest.flag($0["secure"]) }
    if isAllSecure && !rules.hasSecureURL { return .secure }
    let allowed = PlainRequest.texts(request.root["cur"]).map { $0.uppercased() }
    if allowed.isEmpty || allowed.contains("USD") { return nil }
    guard let currency = allowed.first(where: { rates[$0] != nil }) else { return .currency }
    decision.currency = currency
    return nil
  }

  /// The first rule of the request as a whole that refuses a line item.
  private func requestProblem(
    _ entry: Entry, _ request: PlainRequest, _ user: PlainUser, _ exchange: Int, _ time: WallTime
  ) -> NoBidReason? {
    let targeting = entry.lineItem.targeting
    let flight = entry.campaign.flight
    let isRunning =
      entry.campaign.status == .active && entry.lineItem.status == .active
      && time.milliseconds >= flight.startMilliseconds ?? .min
      && time.milliseconds < flight.endMilliseconds ?? .max
    if !isRunning { return .inactive }
    let seat = entry.advertiser.seats[exchanges[exchange].name] ?? exchanges[exchange].seat
    let wanted = PlainRequest.texts(request.root["wseat"])
    if !wanted.isEmpty && !wanted.contains(seat) { return .seat }
    if PlainRequest.texts(request.root["bseat"]).contains(seat) { return .seat }
    let name = exchanges[exchange].name
    guard PlainTargeting.accepts(targeting.exchanges, { $0 == name }) else { return .exchange }
    let inventory = request.inventory
    guard PlainTargeting.accepts(targeting.inventory, { $0.rawValue == inventory?.kind }) else {
      return .inventory
    }
    if let problem = PlainTargeting.sourceProblem(targeting, inventory) { return problem }
    return placeProblem(targeting, request) ?? contentProblem(entry, request, time)
      ?? blockProblem(entry.advertiser, request) ?? userProblem(targeting, user)
  }

  private func placeProblem(_ targeting: Targeting, _ request: PlainRequest) -> NoBidReason? {
    let device = request.device
    let type = PlainRequest.integer(device["devicetype"])
    let os = PlainRequest.text(device["os"])
    if !PlainTargeting.accepts(targeting.geo, { PlainTargeting.isGeo($0, request.geo) }) {
      return .geo
    }
    if !PlainTargeting.accepts(targeting.deviceTypes, { $0 == type }) { return .deviceType }
    if !PlainTargeting.accepts(targeting.operatingSystems, { PlainTargeting.isSame($0, os) }) {
      return .os
    }
    return nil
  }

  private func contentProblem(
    _ entry: Entry, _ request: PlainRequest, _ time: WallTime
  ) -> NoBidReason? {
    let targeting = entry.lineItem.targeting
    let language = PlainRequest.text(request.device["language"])
    if !PlainTargeting.accepts(targeting.languages, { PlainTargeting.language($0, language) }) {
      return .language
    }
    let object = request.inventory?.object ?? [:]
    let content = object["content"] as? [String: Any] ?? [:]
    let categories =
      [object["cat"], object["sectioncat"], object["pagecat"], content["cat"]]
      .flatMap(PlainRequest.texts)
    let isAccepted = PlainTargeting.accepts(targeting.categories) { wanted in
      categories.contains { PlainTargeting.isCategory($0, below: wanted) }
    }
    if !isAccepted { return .category }
    let zone = entry.campaign.timeZone
    return PlainTargeting.isIn(targeting.dayparts, zone: zone, time) ? nil : .daypart
  }

  private func blockProblem(_ advertiser: Advertiser, _ request: PlainRequest) -> NoBidReason? {
    let domain = advertiser.domain.lowercased()
    for blocked in PlainRequest.texts(request.root["badv"]).map({ $0.lowercased() })
    where domain == blocked || domain.hasSuffix("." + blocked) { return .blockedAdvertiser }
    guard PlainRequest.integer(request.root["cattax"]) ?? 1 == 1 else { return nil }
    for blocked in PlainRequest.texts(request.root["bcat"])
    where advertiser.categories.contains(where: {
      PlainTargeting.isCategory($0, below: blocked)
    }) { return .blockedCategory }
    let allowed = PlainRequest.texts(request.root["acat"])
    if allowed.isEmpty { return nil }
    let isAllowed =
      !advertiser.categories.isEmpty
      && advertiser.categories.allSatisfy { category in
        allowed.contains { PlainTargeting.isCategory(category, below: $0) }
      }
    return isAllowed ? nil : .blockedCategory
  }

  private func userProblem(_ targeting: Targeting, _ user: PlainUser) -> NoBidReason? {
    if let clause = targeting.audience {
      guard user.key != nil else { return .identity }
      if !PlainTargeting.holds(clause, user.segments) { return .audience }
    }
    let share = targeting.userPercent
    if share == .all { return nil }
    guard let percent = user.key.flatMap(percent) else { return .userPercent }
    return percent >= share.from && percent < share.to ? nil : .userPercent
  }

  /// A price in another currency.
  func convert(_ micros: Int64, from source: String, to target: String, up: Bool) -> Int64? {
    if source == target { return micros }
    guard let rate = rates[source], let divisor = rates[target] else { return nil }
    let product = Int128(micros) * Int128(rate)
    return Int64((product + (up ? Int128(divisor) - 1 : 0)) / Int128(divisor))
  }
}
