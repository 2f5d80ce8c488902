import AuctionTypes
import CampaignDocuments
import FixedMemory
import OpenRTB

/// Compiles validated advertisers into a ``CampaignCatalog``. Not for the bid path.
package struct CatalogCompiler {
  private let advertisers: [Advertiser]
  private let exchanges: [ExchangeRules]
  private let rules: BiddingRules
  private let rates: [CurrencyCode: Int64]
  private let numbers: LedgerNumbers
  private let landingURLs: [CreativeID: String]
  private let generation: UInt64
  private let now: WallTime
  /// In the order of their numbers.
  private let entries: [Entry]
  private let nextCheaper: [UInt32]

  private var text = CatalogText()
  private var columns: ColumnTableBuilder
  private var audience: AudienceProgramBuilder
  private var audienceColumns: AudienceColumnsBuilder
  private var schedules = ScheduleBuilder()
  private var lists = CatalogLists()
  private var geoShapes: Set<UInt8> = []

  /// A line item with what it belongs to.
  struct Entry {
    let advertiserIndex: Int
    let campaignIndex: Int
    let advertiser: Advertiser
    let campaign: Campaign
    let lineItem: LineItem
    /// Its place among the paths.
    let rank: Int
    /// What it pays at most, in one currency; nil where its currency has no rate.
    let worth: Int128?

    var campaignPath: String { "\(advertiser.id)/\(campaign.id)" }
    var path: String { "\(campaignPath)/\(lineItem.id)" }
  }

  /// - Parameters:
  ///   - advertisers: validated, as a whole; at most ``CatalogLimits/lineItems`` line items.
  ///   - exchanges: at most ``CatalogLimits/exchanges``, numbered in this order.
  ///   - rates: billionths of a US dollar per unit of a currency.
  ///   - numbers: the ledger's; a line item or an exchange without one does not bid, a creative
  ///     without one is not shown.
  ///   - landingURLs: where clicks on creatives go that the advertisers have no more.
  ///   - registry: gives numbers to segments, also to those without members yet.
  ///   - now: from when on time zones are looked up.
  ///   - generation: one more than that of the catalog before.
  package init(
    advertisers: [Advertiser], exchanges: [ExchangeRules], rules: BiddingRules = BiddingRules(),
    rates: [CurrencyCode: Int64] = [:], numbers: LedgerNumbers,
    landingURLs: [CreativeID: String] = [:], registry: SegmentRegistry, now: WallTime,
    generation: UInt64 = 1
  ) {
    precondition(exchanges.count <= CatalogLimits.exchanges)
    self.exchanges = exchanges
    self.rules = rules
    self.rates = rates
    self.numbers = numbers
    self.landingURLs = landingURLs
    self.generation = generation
    self.now = now
    self.advertisers = advertisers.sorted { Self.precedes($0.id, $1.id) }
    entries = PriceOrder.sorted(Self.entries(of: self.advertisers, PriceOrder(rates: rates)))
    nextCheaper = PriceOrder.nextCheaper(entries)
    precondition(entries.count <= CatalogLimits.lineItems)
    columns = ColumnTableBuilder(lineItemCount: entries.count)
    audience = AudienceProgramBuilder(registry: registry)
    audienceColumns = AudienceColumnsBuilder(registry: registry)
  }

  /// The catalog.
  ///
  /// - Complexity: O(line items × (exchanges + targeting values)).
  package consuming func compile() -> CampaignCatalog {
    for (index, advertiser) in advertisers.enumerated() { add(advertiser, index: index) }
    for (index, entry) in entries.enumerated() { add(entry, index: index) }
    let columns = self.columns.build()
    let zoneSteps = FixedArray(copying: schedules.steps)
    let timePlan = TimePlan(
      timings: lists.timings, schedules: schedules.schedules, zoneSteps: zoneSteps, from: now)
    return CampaignCatalog(
      generation: generation, rules: rulesRow(),
      exchanges: FixedArray(copying: exchangeRows()), exchangeCount: exchanges.count,
      advertisers: FixedArray(copying: lists.advertisers),
      campaigns: FixedArray(copying: lists.campaigns),
      lineItems: FixedArray(copying: lists.lineItems),
      accountNumbers: FixedArray(copying: lists.lineItems.map { $0.account?.rawValue ?? .max }),
      creatives: FixedArray(copying: lists.creatives),
      creativeIndices: FixedArray(copying: lists.creativeIndices),
      bidParts: FixedArray(copying: lists.bidParts),
      markupPieces: FixedArray(copying: lists.markupPieces),
      caps: FixedArray(copying: lists.caps),
      seatsJSON: FixedArray(copying: lists.seatsJSON),
      seatNumbers: FixedArray(copying: lists.seatNumbers),
      attributeNumbers: FixedArray(copying: lists.attributeNumbers),
      texts: FixedArray(copying: lists.texts),
      geoShapes: FixedArray(copying: geoShapes.sorted()), columns: columns,
      audience: AudienceProgram(nodes: FixedArray(copying: audience.nodes)),
      audienceColumns: audienceColumns.build(lineItemCount: entries.count),
      satisfiedByNobody: bitmap { entry in
        entry.lineItem.targeting.audience.map(AudienceProgramBuilder.holdsForNobody) ?? true
      },
      withoutAudience: bitmap { $0.lineItem.targeting.audience == nil },
      withUserShare: bitmap { $0.lineItem.targeting.userPercent != .all },
      hasUserShares: entries.contains { $0.lineItem.targeting.userPercent != .all },
      open: bitmap { Self.bidsOpen($0.lineItem) },
      isAllOpen: entries.allSatisfy { Self.bidsOpen($0.lineItem) },
      rates: RateTable(nanosOfUSD: rates),
      timings: FixedArray(copying: lists.timings),
      schedules: FixedArray(copying: schedules.schedules),
      zoneSteps: zoneSteps, timePlan: timePlan,
      landingURLs: FixedArray(copying: landingURLRows()), text: text.buffer())
  }

  /// All line items by path.
  private static func entries(of advertisers: [Advertiser], _ order: PriceOrder) -> [Entry] {
    var campaignIndex = 0
    var entries: [Entry] = []
    for (advertiserIndex, advertiser) in advertisers.enumerated() {
      for campaign in advertiser.campaigns.sorted(by: { precedes($0.id, $1.id) }) {
        for lineItem in campaign.lineItems.sorted(by: { precedes($0.id, $1.id) }) {
          entries.append(
            Entry(
              advertiserIndex: advertiserIndex, campaignIndex: campaignIndex,
              advertiser: advertiser, campaign: campaign, lineItem: lineItem,
              rank: entries.count, worth: order.worth(of: lineItem, in: advertiser.currency)))
        }
        campaignIndex += 1
      }
    }
    return entries
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private static func bidsOpen(_ lineItem: LineItem) -> Bool {
    let deals = lineItem.targeting.deals
    return deals.values.include.isEmpty || deals.isOpen
  }

  private func bitmap(_ isMember: (Entry) -> Bool) -> BitmapWords {
    var bitmap = BitmapWords(bitCount: entries.count)
    for (index, entry) in entries.enumerated() where isMember(entry) { bitmap.insert(index) }
    return bitmap
  }

  private mutating func rulesRow() -> CatalogRules {
    CatalogRules(
      publicURL: text.add(Self.prefix(rules.publicURL)),
      publicURLTLS: text.add(Self.prefix(rules.publicURLTLS ?? "")),
      bidsWithoutConsent: rules.bidsWithoutConsent, assumesGDPR: rules.assumesGDPR)
  }

  /// A URL before paths that begin with a slash, as the inside of a JSON string.
  private static func prefix(_ url: String) -> [UInt8] {
    JSONText.escaped(url.hasSuffix("/") ? String(url.dropLast()) : url)
  }

  /// Where clicks go, by creative number: what the documents say stands before what they said once.
  private mutating func landingURLRows() -> [ByteSlice] {
    var urls = landingURLs
    for advertiser in advertisers {
      for creative in advertiser.creatives {
        guard let id = numbers.creatives["\(advertiser.id)/\(creative.id)"] else { continue }
        urls[id] = creative.landingURL
      }
    }
    let last = urls.keys.map { Int($0.rawValue) }.max() ?? 0
    var rows = Array(repeating: ByteSlice.empty, count: last + 1)
    for (id, url) in urls { rows[Int(id.rawValue)] = text.add(url) }
    return rows
  }

  private mutating func exchangeRows() -> [CatalogExchange] {
    var rows: [CatalogExchange] = []
    for exchange in exchanges {
      var step: Int64 = 1
      for _ in exchange.priceDecimals..<6 { step *= 10 }
      rows.append(
        CatalogExchange(
          idSpace: text.add(exchange.idSpace),
          deadlineMilliseconds: UInt32(exchange.deadlineMilliseconds),
          networkMarginMilliseconds: UInt32(exchange.networkMarginMilliseconds),
          priceStepMicros: step, priceDecimals: UInt8(exchange.priceDecimals),
          bidsPerImpression: UInt8(exchange.bidsPerImpression),
          acceptsPing: exchange.acceptsPing, sendsExpiry: exchange.sendsExpiry,
          billOn: exchange.billOn,
          noticeWindowSeconds: UInt32(clamping: exchange.noticeWindowSeconds),
          id: numbers.exchanges[exchange.name]))
    }
    return rows
  }

  private mutating func add(_ advertiser: Advertiser, index: Int) {
    let categories = lists.add(
      texts: advertiser.categories.map { text.add(ColumnTableBuilder.key($0)) })
    lists.advertisers.append(
      CatalogAdvertiser(
        id: text.add(advertiser.id), domain: text.add(ColumnTableBuilder.key(advertiser.domain)),
        categories: categories))
    for (number, exchange) in exchanges.enumerated() {
      let seat = advertiser.seats[exchange.name] ?? exchange.seat
      lists.seatsJSON.append(text.add(JSONText.escaped(seat)))
      lists.seatNumbers.append(lists.seatNumber(of: seat, exchange: number))
    }
    lists.firstCreative.append(lists.creatives.count)
    for creative in advertiser.creatives { add(creative, of: advertiser) }
    for campaign in advertiser.campaigns.sorted(by: { Self.precedes($0.id, $1.id) }) {
      lists.campaigns.append(CatalogCampaign(idJSON: text.add(JSONText.escaped(campaign.id))))
    }
  }

  private mutating func add(_ creative: Creative, of advertiser: Advertiser) {
    let start = lists.bidParts.count
    for exchange in exchanges {
      lists.bidParts.append(
        text.add(
          CreativeCompiler.members(of: creative, advertiser: advertiser, exchange: exchange.name)))
    }
    let pieces = CreativeCompiler.markupPieces(of: creative).map { JSONText.escaped($0) }
    let markup = lists.add(markupPieces: pieces.map { text.add($0) })
    let bundle = CreativeCompiler.bundle(ofLandingURL: creative.landingURL) ?? ""
    lists.creatives.append(
      CatalogCreative(
        size: Size(
          width: UInt16(creative.widthPixels), height: UInt16(creative.heightPixels)),
        isSecure: creative.isSecure, attributes: CreativeCompiler.attributes(of: creative),
        otherAttributes: lists.add(attributes: CreativeCompiler.otherAttributes(of: creative)),
        bannerTypes: CreativeCompiler.bannerTypes(of: creative),
        bundle: text.add(ColumnTableBuilder.key(bundle)),
        bidParts: IndexRange(start..<lists.bidParts.count), markup: markup,
        markupBytes: markupBytes(of: pieces),
        id: numbers.creatives["\(advertiser.id)/\(creative.id)"] ?? Self.unnumbered))
  }

  /// The number of creatives that have none, which no line item shows.
  private static let unnumbered = CreativeID(rawValue: .max)

  /// The markup, a click URL between each two pieces, the pixel, and three notice URLs.
  private func markupBytes(of pieces: [[UInt8]]) -> UInt32 {
    let prefix = max(rules.publicURL.utf8.count, rules.publicURLTLS?.utf8.count ?? 0)
    let url = prefix + CatalogLimits.noticePathBytes
    return UInt32(pieces.reduce(0) { $0 + $1.count } + (pieces.count + 3) * url)
  }

  private mutating func add(_ entry: Entry, index: Int) {
    let lineItem = entry.lineItem
    let creatives = addCreatives(of: entry, lineItem: index)
    addColumns(of: entry, lineItem: index)
    let timing = timing(of: entry)
    lists.timings.append(timing)
    let clause = lineItem.targeting.audience.map { audience.append($0) }
    let price = LineItemPrice(lineItem.bid)
    lists.lineItems.append(
      CatalogLineItem(
        path: text.add(entry.path),
        advertiser: UInt32(entry.advertiserIndex), campaign: UInt32(entry.campaignIndex),
        value: price.value,
        currency: CurrencyCode(entry.advertiser.currency) ?? .usd, creatives: creatives,
        audience: clause ?? IndexRange(0..<0),
        userPercentFrom: UInt8(lineItem.targeting.userPercent.from),
        userPercentTo: UInt8(lineItem.targeting.userPercent.to),
        account: numbers.accounts[entry.path], caps: lists.add(caps: caps(of: entry)),
        rank: UInt32(entry.rank), nextCheaper: nextCheaper[index],
        schedule: timing.schedule))
  }

  /// A line item's frequency caps and its campaign's; none where the ledger has no numbers, without
  /// which there is no bid.
  private func caps(of entry: Entry) -> [CatalogCap] {
    let scopes = [
      (entry.path, entry.lineItem.frequencyCaps),
      (entry.campaignPath, entry.campaign.frequencyCaps),
    ]
    return scopes.flatMap { path, caps in
      CapRule.distinct(caps.map { CapRule($0) }).compactMap { rule in
        numbers.accounts[path].map { CatalogCap(account: $0, rule: rule) }
      }
    }
  }

  /// Adds a line item's creatives and their sizes.
  private mutating func addCreatives(of entry: Entry, lineItem: Int) -> IndexRange {
    let start = lists.creativeIndices.count
    let first = lists.firstCreative[entry.advertiserIndex]
    columns.constrain(.size, lineItem: lineItem)
    let places = lists.creativePlaces(of: entry.advertiser, index: entry.advertiserIndex)
    for id in entry.lineItem.creativeIDs {
      guard let place = places[id], lists.creatives[first + place].id != Self.unnumbered else {
        continue
      }
      lists.creativeIndices.append(UInt32(first + place))
      let size = TargetingKeys.size(lists.creatives[first + place].size)
      columns.include(.size, ColumnTableBuilder.key(size), lineItem: lineItem)
    }
    return IndexRange(start..<lists.creativeIndices.count)
  }

  private mutating func addColumns(of entry: Entry, lineItem: Int) {
    let targeting = entry.lineItem.targeting
    columns.add(targeting, exchanges: exchanges, lineItem: lineItem)
    for place in targeting.geo.include + targeting.geo.exclude {
      geoShapes.insert(TargetingKeys.shape(place))
    }
    for (number, exchange) in exchanges.enumerated() {
      let seat = entry.advertiser.seats[exchange.name] ?? exchange.seat
      columns.include(.seat, TargetingKeys.seat(seat, exchange: number), lineItem: lineItem)
      columns.exclude(.seat, TargetingKeys.seat(seat, exchange: number), lineItem: lineItem)
    }
    for domain in TargetingKeys.domains(above: entry.advertiser.domain) {
      columns.exclude(.advertiserDomain, ColumnTableBuilder.key(domain), lineItem: lineItem)
    }
    for category in entry.advertiser.categories.flatMap(TargetingKeys.categories) {
      columns.exclude(.advertiserCategory, ColumnTableBuilder.key(category), lineItem: lineItem)
    }
    if let clause = targeting.audience { audienceColumns.add(clause, lineItem: lineItem) }
  }

  private mutating func timing(of entry: Entry) -> LineItemTiming {
    let campaign = entry.campaign
    return LineItemTiming(
      isActive: campaign.status == .active && entry.lineItem.status == .active,
      flightStart: WallTime(milliseconds: campaign.flight.startMilliseconds ?? .min),
      flightEnd: WallTime(milliseconds: campaign.flight.endMilliseconds ?? .max),
      schedule: schedules.add(
        zone: campaign.timeZone, dayparts: entry.lineItem.targeting.dayparts, now: now))
  }
}
