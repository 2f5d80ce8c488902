import AuctionTypes
import AudienceIndex
import BudgetLedger
import CampaignCatalog
import FixedMemory
import OpenRTB

/// The decision on one bid request, and the memory it needs: one for each worker.
///
/// A request goes from top to bottom through ``run``; each stage has a file of its own. Nothing
/// here allocates, locks, or knows a clock: the same bytes, snapshots and context give the same
/// answer.
package struct BidPipeline: ~Copyable {
  var request = BidRequest()
  var screened = ScreenedRequest()
  var keys = FixedArray<UserKey>(capacity: EngineLimits.userIDs)
  var segments = AudienceScratch()
  var times = TimeColumns()
  var state = MatchState()
  var bids = FixedArray<ChosenBid>(capacity: EngineLimits.bids)
  /// What the notices of each bid say.
  var tokens = FixedArray<NoticeToken>(capacity: EngineLimits.bids)
  /// Bytes of the constant parts of the bids chosen so far.
  var bidBytes = 0
  var bidID = FixedBuffer(capacity: BidNumber.idDigits)
  /// Whose frequency caps count; zero for a user without a usable id.
  var capUser: UInt64 = 0
  var desk: SpendingDesk
  /// The furthest stage at which a line item was refused.
  var furthest = NoBidReason.inactive

  /// - Parameter desk: what bids are paid from.
  package init(desk: consuming SpendingDesk) { self.desk = desk }

  /// Decides on a request and writes the BidResponse.
  ///
  /// - Complexity: O(body + words of the catalog's bitmaps × targeting dimensions in use).
  package mutating func decide(
    _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog,
    _ audience: borrowing AudienceView, _ spaces: borrowing IdentitySpaces,
    into response: inout FixedBuffer
  ) -> BidOutcome {
    var tracer = SilentTracer()
    return run(body, context, catalog, audience, spaces, into: &response, &tracer)
  }

  /// The `id` of the request last decided on, as JSON and by place in its body; empty when it has
  /// none.
  package var requestID: ByteSlice { request.rawID }

  /// decode → screen → match line items → look up audience → rank, price and reserve → encode.
  mutating func run<Tracer: DecisionTracer & ~Copyable>(
    _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog,
    _ audience: borrowing AudienceView, _ spaces: borrowing IdentitySpaces,
    into response: inout FixedBuffer, _ tracer: inout Tracer
  ) -> BidOutcome {
    response.removeAll()
    let outcome = request.decode(body)
    tracer.finished(.decode)
    if outcome != .ok { return refusal(of: outcome, catalog.exchanges[context.exchange]) }
    if !request.isTest && !desk.isOpen { return .noBid(.shed) }
    let unfit = Self.screen(request, body, context, catalog, into: &screened)
    tracer.finished(.screen)
    if let unfit { return .noBid(unfit) }
    if !times.hold(catalog, at: context.time) { times.update(catalog, at: context.time) }
    forgetBids(lineItemCount: catalog.lineItemCount)
    let unmatched = Self.matchRequest(
      request, body, exchange: context.exchange, catalog, times, &state, &tracer)
    tracer.finished(.match)
    if let unmatched { return .noBid(unmatched) }
    if let reason = matchUser(body, context.exchange, catalog, audience, spaces, &tracer) {
      return .noBid(reason)
    }
    rankImpressions(body, context, catalog, &tracer)
    if bids.isEmpty { return .noBid(furthest) }
    issueTokens(context, catalog)
    tracer.finished(.token)
    encode(body, context, catalog, into: &response)
    tracer.finished(.encode)
    if response.overflowed {
      response.removeAll()
      cancelReservations(context, catalog)
      return .noBid(.capacity)
    }
    commitBids(context)
    tracer.finished(.commit)
    return .bid
  }

  /// What a body that was not decoded is answered.
  private func refusal(of outcome: DecodeOutcome, _ exchange: CatalogExchange) -> BidOutcome {
    switch outcome {
    case .malformed(let rule): .malformed(rule)
    case .ping: exchange.acceptsPing ? .noBid(.ping) : .malformed(.noImpressions)
    case .capacity, .ok: .noBid(.capacity)
    }
  }

  /// Finds out who the user is and narrows the line items by it.
  private mutating func matchUser<Tracer: DecisionTracer & ~Copyable>(
    _ body: RawSpan, _ exchange: Int, _ catalog: borrowing CampaignCatalog,
    _ audience: borrowing AudienceView, _ spaces: borrowing IdentitySpaces,
    _ tracer: inout Tracer
  ) -> NoBidReason? {
    keys.removeAll()
    if screened.mayReadIDs {
      Self.identify(request, body, exchange: exchange, spaces, into: &keys)
    }
    tracer.finished(.identify)
    let user = Self.lookUpUser(keys, audience, into: &segments)
    tracer.finished(.lookUp)
    capUser = user.capUser
    let unwanted = Self.matchUser(user, segments, catalog, &state, &tracer)
    tracer.finished(.audience)
    return unwanted
  }

  /// Forgets the bids of the request before, and takes the number of line items of a catalog.
  private mutating func forgetBids(lineItemCount: Int) {
    if state.taken.bitCount == lineItemCount {
      for index in bids.indices { state.taken.remove(Int(bids[index].lineItem)) }
    }
    state.reset(lineItemCount: lineItemCount)
    bids.removeAll()
    bidBytes = 0
  }

  /// Chooses bids impression by impression; a line item wins at most one.
  private mutating func rankImpressions<Tracer: DecisionTracer & ~Copyable>(
    _ body: RawSpan, _ context: BidContext, _ catalog: borrowing CampaignCatalog,
    _ tracer: inout Tracer
  ) {
    furthest = .format
    if request.impressions.count > 1 { state.matched.assign(state.candidates) }
    for impression in request.impressions.indices {
      if let reason = matchImpression(impression, body, catalog, &tracer) {
        note(reason)
        tracer.finished(.impression)
      } else {
        tracer.finished(.impression)
        rank(impression, body, context, catalog, &tracer)
        tracer.finished(.rank)
      }
    }
  }

  /// Notes that a line item came as far as a stage.
  mutating func note(_ reason: NoBidReason) {
    if reason.rawValue > furthest.rawValue { furthest = reason }
  }
}
