import AuctionTypes
import BudgetLedger
import CampaignCatalog
import FixedMemory

// As in ranking, what is called for each candidate is `mutating` so that `self` is never copied.
extension BidPipeline {
  /// Whether the escrow and the caps count for this request: never for a test.
  private var asksLedger: Bool { desk.use != .ignore && !request.isTest }
  /// Whether its bids are taken from them.
  private var spends: Bool { desk.use == .spend && !request.isTest }

  /// Why a bid cannot be paid, or must not be shown to the user again; nil when it may be made.
  mutating func moneyProblem(
    _ bid: ChosenBid, _ context: BidContext, _ catalog: borrowing CampaignCatalog
  ) -> NoBidReason? {
    if !asksLedger { return nil }
    let caps = catalog.lineItems[Int(bid.lineItem)].caps
    for index in caps.indices where !allows(catalog.caps[index], context, catalog) {
      return .frequencyCap
    }
    let day = self.day(of: bid, catalog)
    if desk.covers(bid.amount, account: bid.account, day: day) { return nil }
    return shortfall(of: bid)
  }

  /// The day of a bid in the time zone of its campaign.
  private mutating func day(
    of bid: ChosenBid, _ catalog: borrowing CampaignCatalog
  ) -> LocalDay {
    times.day(ofSchedule: catalog.lineItems[Int(bid.lineItem)].schedule)
  }

  /// Whether a cap lets the user see one impression more. A user without an id cannot be counted.
  private mutating func allows(
    _ cap: CatalogCap, _ context: BidContext, _ catalog: borrowing CampaignCatalog
  ) -> Bool {
    if capUser == 0 { return cap.rule.allowsUnidentified }
    var rule = cap.rule
    if desk.use == .look {
      let pending = pendingImpressions(of: cap, catalog)
      if pending >= rule.impressions { return false }
      rule.impressions -= pending
    }
    return desk.allows(rule, account: cap.account, user: capUser, at: context.time)
  }

  /// Bids of this request that count in a cap, where none has been counted.
  private mutating func pendingImpressions(
    of cap: CatalogCap, _ catalog: borrowing CampaignCatalog
  ) -> UInt16 {
    var count: UInt16 = 0
    for bid in bids.indices {
      let caps = catalog.lineItems[Int(bids[bid].lineItem)].caps
      for index in caps.indices where catalog.caps[index] == cap { count += 1 }
    }
    return count
  }

  /// Tells the ledger that a bid was not covered, and says why it may be.
  private mutating func shortfall(of bid: ChosenBid) -> NoBidReason {
    if spends { desk.report(shortfall: bid.amount, account: bid.account) }
    return desk.emptiness(of: bid.account)
  }

  /// Takes a bid's amount from the escrow and counts it in the user's caps; where another worker
  /// was faster, takes nothing and says why.
  mutating func reserve(
    _ bid: ChosenBid, _ context: BidContext, _ catalog: borrowing CampaignCatalog
  ) -> NoBidReason? {
    if !spends { return nil }
    let day = self.day(of: bid, catalog)
    guard desk.take(bid.amount, account: bid.account, day: day) else {
      return shortfall(of: bid)
    }
    if capUser == 0 { return nil }
    let caps = catalog.lineItems[Int(bid.lineItem)].caps
    for index in caps.indices {
      let cap = catalog.caps[index]
      if desk.count(cap, user: capUser, at: context.time) {
        continue
      }
      releaseCaps(caps.indices.lowerBound..<index, context, catalog)
      giveBack(bid, day, context)
      return .frequencyCap
    }
    return nil
  }

  private mutating func releaseCaps(
    _ range: Range<Int>, _ context: BidContext, _ catalog: borrowing CampaignCatalog
  ) {
    for index in range {
      let cap = catalog.caps[index]
      desk.uncount(cap, user: capUser, at: context.time)
    }
  }

  /// Puts a bid's amount back. Where the day ended since, the ledger gets it as a reservation that
  /// has expired, so that no amount is ever unaccounted for.
  private mutating func giveBack(_ bid: ChosenBid, _ day: LocalDay, _ context: BidContext) {
    if desk.give(bid.amount, account: bid.account, day: day) { return }
    let number = BidNumber(boot: desk.boot, worker: desk.worker, sequence: desk.sequence)
    desk.sequence += 1
    _ = desk.push(
      Reservation(
        bid: number, account: bid.account, day: day, amount: bid.amount, madeAt: context.now,
        time: context.time, windowSeconds: 0))
  }

  /// Gives back all that the request's bids took: there is no answer.
  mutating func cancelReservations(_ context: BidContext, _ catalog: borrowing CampaignCatalog) {
    guard spends else { return }
    for index in bids.indices {
      let bid = bids[index]
      if capUser != 0 {
        releaseCaps(catalog.lineItems[Int(bid.lineItem)].caps.indices, context, catalog)
      }
      giveBack(bid, day(of: bid, catalog), context)
    }
  }

  /// Makes the tokens of the bids chosen: what their notices will say of them.
  mutating func issueTokens(_ context: BidContext, _ catalog: borrowing CampaignCatalog) {
    tokens.removeAll()
    for index in bids.indices { tokens.append(token(ofBid: index, context, catalog)) }
  }

  private mutating func token(
    ofBid index: Int, _ context: BidContext, _ catalog: borrowing CampaignCatalog
  ) -> NoticeToken {
    let bid = bids[index]
    let creative = catalog.creatives[Int(bid.creative)]
    let exchange = catalog.exchanges[context.exchange]
    let asked = request.impressions[Int(bid.impression)].expirySeconds ?? 0
    let window = max(exchange.noticeWindowSeconds, UInt32(clamping: asked))
    return NoticeToken(
      bid: BidNumber(
        boot: desk.boot, worker: desk.worker, sequence: desk.sequence &+ UInt64(index)),
      madeAt: context.time, account: bid.account, creative: creative.id,
      exchange: screened.exchange, size: creative.size, price: bid.price,
      currency: screened.currency, rates: bid.rates, day: day(of: bid, catalog),
      windowSeconds: min(window, LedgerLimits.windowSeconds), isTest: request.isTest,
      billOn: exchange.billOn)
  }

  /// Hands the bids of a response that is written to the ledger and to the event log.
  mutating func commitBids(_ context: BidContext) {
    desk.sequence &+= UInt64(bids.count)
    guard spends else { return }
    for index in bids.indices {
      let token = tokens[index]
      let isPushed = desk.push(
        Reservation(
          bid: token.bid, account: token.account, day: token.day, amount: bids[index].amount,
          madeAt: context.now, time: context.time, windowSeconds: token.windowSeconds,
          capUser: capUser))
      precondition(isPushed, "the lane had room when the request began")
      desk.log(AdEvent(kind: .bid, token: token, time: context.time, price: token.price))
    }
  }
}
