import AuctionTypes
import CampaignCatalog
import FixedMemory
import OpenRTB

/// A bid that will be answered.
struct ChosenBid: BitwiseCopyable {
  var lineItem: UInt32
  var creative: UInt32
  var impression: UInt32
  /// The deal, by its index in the request; nil in the open auction.
  var deal: UInt32?
  /// In the response's currency.
  var price: CPM
  /// The line item's place among the paths.
  var rank: UInt32
  /// Whose escrow pays.
  var account: AccountID
  /// From the response's currency into the account's.
  var rates: RatePair
  /// The price of one impression in the account's currency, rounded up.
  var amount: Money
}

// What is called for each candidate is `mutating` though it changes nothing: a borrowed `self` may
// be copied whole, a kilobyte for each line item; an exclusive one never is.
extension BidPipeline {
  /// Chooses the bids of an impression: the best of each deal that a line item answers, which is
  /// not measured against the open auction, then the best of the open auction.
  mutating func rank<Tracer: DecisionTracer & ~Copyable>(
    _ impression: Int, _ body: RawSpan, _ context: BidContext,
    _ catalog: borrowing CampaignCatalog, _ tracer: inout Tracer
  ) {
    let deals = request.impressions[impression].deals
    for deal in deals.indices {
      Self.accept(deal, request, body, context.exchange, catalog, &state)
      let offer = Offer(deal: deal, impression: impression, of: request)
      chooseBest(offer, body, context, catalog, &tracer)
    }
    guard !request.impressions[impression].isPrivateAuction else { return }
    let offer = Offer(impression: impression, of: request)
    for _ in 0..<catalog.exchanges[context.exchange].bidsPerImpression {
      guard state.accepted.assignIntersection(of: catalog.open, state.candidates) else { return }
      if !chooseBest(offer, body, context, catalog, &tracer) { return }
    }
  }

  /// Accepts the candidates that answer a deal, and finds out whom its `wseat` allows.
  private static func accept(
    _ deal: Int, _ request: borrowing BidRequest, _ body: RawSpan, _ exchange: Int,
    _ catalog: borrowing CampaignCatalog, _ state: inout MatchState
  ) {
    state.accepted.removeAll()
    let unescaped = request.unescaped.bytes
    let id = body.slice(request.deals[deal].id, unescaped: unescaped)
    if let slot = dealSlot(id, catalog.columns) {
      catalog.columns.addIncluding(slot, to: &state.accepted)
    }
    let seats = request.deals[deal].allowedSeats
    guard state.accepted.formIntersection(state.candidates), !seats.isEmpty else { return }
    state.stageSet.removeAll()
    for index in seats.indices {
      let seat = body.slice(request.texts[index], unescaped: unescaped)
      if let slot = seatSlot(seat, exchange, catalog.columns, &state) {
        catalog.columns.addIncluding(slot, to: &state.stageSet)
      }
    }
  }

  /// Adds the highest bid of the accepted line items; of equal ones that of the lower path. Where
  /// other workers have left nothing for it, the next highest.
  @discardableResult
  private mutating func chooseBest<Tracer: DecisionTracer & ~Copyable>(
    _ offer: Offer, _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog,
    _ tracer: inout Tracer
  ) -> Bool {
    guard let offer = priced(offer, catalog) else {
      refuseAccepted(.floor, offer.impression, &tracer)
      return false
    }
    guard let spot = spot(of: offer.impression) else { return false }
    var before = furthest
    while let best = findBest(offer, spot, body, context, catalog, &tracer), !bids.isFull {
      let lineItem = Int(best.lineItem)
      tracer.finished(.rank)
      let refusal = reserve(best, context, catalog)
      tracer.finished(.reserve)
      guard let reason = refusal else {
        bids.append(best)
        bidBytes += catalog.bidBytes(creative: Int(best.creative), exchange: context.exchange)
        state.taken.insert(lineItem)
        tracer.chose(lineItem: lineItem, impression: offer.impression, price: best.price)
        return true
      }
      furthest = before
      refuse(lineItem, reason, offer.impression, &tracer)
      before = furthest
      state.accepted.remove(lineItem)
    }
    return false
  }

  /// The highest bid of the accepted line items, which come with the highest first.
  ///
  /// - Complexity: O(line items that could pay as much and may not), unless all are judged.
  private mutating func findBest<Tracer: DecisionTracer & ~Copyable>(
    _ offer: Offer, _ spot: Spot, _ body: RawSpan, _ context: BidContext,
    _ catalog: borrowing CampaignCatalog, _ tracer: inout Tracer
  ) -> ChosenBid? {
    var best: ChosenBid?
    var next = state.accepted.firstBit()
    while let lineItem = next {
      var following = lineItem + 1
      let verdict = judge(
        lineItem, offer, spot, against: best, isThorough: Tracer.isThorough, body, context,
        catalog)
      switch verdict {
      case .bid(let bid):
        if let best { refuse(Int(best.lineItem), .outbid, offer.impression, &tracer) }
        best = bid
        // Of those that are worth the same, it is the first by path.
        if !Tracer.isThorough && !offer.isFixedPrice {
          following = Int(catalog.lineItems[lineItem].nextCheaper)
        }
      case .lower: refuse(lineItem, .outbid, offer.impression, &tracer)
      case .refused(let reason): refuse(lineItem, reason, offer.impression, &tracer)
      case .tooCheap(let reason):
        refuse(lineItem, reason, offer.impression, &tracer)
        // No line item behind it can pay more.
        if !Tracer.isThorough { return best }
      }
      next = state.accepted.firstBit(from: following)
    }
    return best
  }

  /// What an impression asks of creatives; nil without a banner, which has no candidates.
  private mutating func spot(of impression: Int) -> Spot? {
    guard let banner = request.impressions[impression].banner else { return nil }
    return Spot(banner: banner, isSecure: request.impressions[impression].isSecure)
  }

  /// What became of a line item at an offer.
  private enum Verdict {
    case bid(ChosenBid)
    /// Another one's bid is as high, and its path is before.
    case lower
    case refused(NoBidReason)
    /// What it pays is below the floor or another one's bid, and so is what those behind it pay.
    case tooCheap(NoBidReason)
  }

  private mutating func judge(
    _ lineItem: Int, _ offer: Offer, _ spot: Spot, against best: ChosenBid?, isThorough: Bool,
    _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog
  ) -> Verdict {
    if state.taken.contains(lineItem) { return .refused(.outbid) }
    if let deal = offer.deal, !isAllowed(lineItem, deal, body, catalog) { return .refused(.deal) }
    let price: CPM
    switch self.price(lineItem, offer, context.exchange, catalog) {
    case .success(let value): price = value
    case .failure(let refusal):
      let reason = refusal.reason
      return reason == .currency ? .refused(reason) : .tooCheap(reason)
    }
    let rank = catalog.lineItems[lineItem].rank
    let isLower = best.map { price < $0.price } ?? false
    let isBehind = best.map { price == $0.price && rank > $0.rank } ?? false
    if isLower && !isThorough { return .tooCheap(.outbid) }
    if isBehind && !isThorough { return .lower }
    let creative: Int
    switch pickCreative(lineItem, spot, body, context, catalog) {
    case .failure(let refusal): return .refused(refusal.reason)
    case .success(let index): creative = index
    }
    guard let bid = bid(lineItem, offer, creative: creative, price, catalog) else {
      return .refused(.budget)
    }
    if let reason = moneyProblem(bid, context, catalog) { return .refused(reason) }
    return isLower || isBehind ? .lower : .bid(bid)
  }

  /// A bid with what it costs; nil where the ledger does not know the line item, or the price is
  /// beyond what it can book.
  private mutating func bid(
    _ lineItem: Int, _ offer: Offer, creative: Int, _ price: CPM,
    _ catalog: borrowing CampaignCatalog
  ) -> ChosenBid? {
    let row = catalog.lineItems[lineItem]
    guard let account = row.account, price.micros < EngineLimits.priceMicros,
      let rates = catalog.rates.rates(from: screened.currency, to: row.currency),
      let nanos = rates.convert(price.micros, rounding: .up)
    else { return nil }
    return ChosenBid(
      lineItem: UInt32(lineItem), creative: UInt32(creative),
      impression: UInt32(offer.impression), deal: offer.deal.map { UInt32($0) }, price: price,
      rank: row.rank, account: account, rates: rates, amount: Money(nanos: nanos))
  }

  /// Whether a deal's `wseat`, as ``accept`` found it, and its `wadomain` have the line item.
  private mutating func isAllowed(
    _ lineItem: Int, _ deal: Int, _ body: RawSpan, _ catalog: borrowing CampaignCatalog
  ) -> Bool {
    let isSeat =
      request.deals[deal].allowedSeats.isEmpty || state.stageSet.contains(lineItem)
    return isSeat && isAdvertiserAllowed(lineItem, deal, body, catalog)
  }

  private mutating func isAdvertiserAllowed(
    _ lineItem: Int, _ deal: Int, _ body: RawSpan, _ catalog: borrowing CampaignCatalog
  ) -> Bool {
    let allowed = request.deals[deal].allowedAdvertisers
    if allowed.isEmpty { return true }
    let advertiser = catalog.advertisers[Int(catalog.lineItems[lineItem].advertiser)]
    for index in allowed.indices {
      let domain = body.slice(request.texts[index], unescaped: request.unescaped.bytes)
      if catalog.isDomain(advertiser.domain, below: domain) { return true }
    }
    return false
  }

  private mutating func refuse<Tracer: DecisionTracer & ~Copyable>(
    _ lineItem: Int, _ reason: NoBidReason, _ impression: Int, _ tracer: inout Tracer
  ) {
    note(reason)
    tracer.refused(lineItem: lineItem, reason, impression: impression)
  }

  private mutating func refuseAccepted<Tracer: DecisionTracer & ~Copyable>(
    _ reason: NoBidReason, _ impression: Int, _ tracer: inout Tracer
  ) {
    var next = state.accepted.firstBit()
    while let lineItem = next {
      refuse(lineItem, reason, impression, &tracer)
      next = state.accepted.firstBit(from: lineItem + 1)
    }
  }
}
