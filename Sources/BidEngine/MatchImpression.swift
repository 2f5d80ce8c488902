import AuctionTypes
import CampaignCatalog
import FixedMemory
import OpenRTB

extension BidPipeline {
  /// Narrows the line items that match the request to those that an impression may show; says at
  /// which stage none was left.
  mutating func matchImpression<Tracer: DecisionTracer & ~Copyable>(
    _ impression: Int, _ body: RawSpan, _ catalog: borrowing CampaignCatalog,
    _ tracer: inout Tracer
  ) -> NoBidReason? {
    guard let banner = request.impressions[impression].banner else {
      return refuseAll(.format, impression, &tracer)
    }
    if request.impressions[impression].isSecure && !catalog.rules.hasSecureURL {
      return refuseAll(.secure, impression, &tracer)
    }
    if request.impressions.count > 1 { state.candidates.assign(state.matched) }
    if catalog.columns.isUsed(.position) {
      let position = banner.position.map { UInt64(UInt32(bitPattern: $0)) }
      Self.matchNumber(.position, position, catalog.columns, &state)
      if Self.end(.position, impression: impression, catalog.columns, &state, &tracer) {
        return .position
      }
    }
    if !catalog.isAllOpen || request.impressions[impression].isPrivateAuction {
      if let reason = state.narrow(catalog.columns) { return reason }
      if !Self.matchDeals(impression, request, body, catalog, &state) {
        tracer.narrowed(.deal, impression: impression, state.candidates)
        return .deal
      }
    }
    tracer.narrowed(.deal, impression: impression, state.candidates)
    acceptSizes(banner, catalog)
    if Self.end(.size, impression: impression, catalog.columns, &state, &tracer) { return .size }
    return state.narrow(catalog.columns)
  }

  private mutating func refuseAll<Tracer: DecisionTracer & ~Copyable>(
    _ reason: NoBidReason, _ impression: Int, _ tracer: inout Tracer
  ) -> NoBidReason {
    state.candidates.removeAll()
    tracer.narrowed(reason, impression: impression, state.candidates)
    return reason
  }

  /// Keeps the line items that bid in the open auction, unless it is private, and those that answer
  /// one of the deals; says whether any is left.
  private static func matchDeals(
    _ impression: Int, _ request: borrowing BidRequest, _ body: RawSpan,
    _ catalog: borrowing CampaignCatalog, _ state: inout MatchState
  ) -> Bool {
    let isPrivate = request.impressions[impression].isPrivateAuction
    let deals = request.impressions[impression].deals
    if !isPrivate && deals.isEmpty { return state.candidates.formIntersection(catalog.open) }
    if isPrivate {
      state.accepted.removeAll()
    } else {
      state.accepted.assign(catalog.open)
    }
    for deal in deals.indices {
      let id = body.slice(request.deals[deal].id, unescaped: request.unescaped.bytes)
      if let slot = dealSlot(id, catalog.columns) {
        catalog.columns.addIncluding(slot, to: &state.accepted)
      }
    }
    return state.candidates.formIntersection(state.accepted)
  }

  /// The slot of a deal that some line item answers.
  static func dealSlot(_ id: RawSpan, _ columns: borrowing ColumnTable) -> Int? {
    valueSlot(.deal, id, columns)
  }

  /// Accepts the line items with a creative of a size that the banner offers.
  private mutating func acceptSizes(_ banner: Banner, _ catalog: borrowing CampaignCatalog) {
    state.begin(.size)
    if banner.formats.isEmpty {
      if let size = banner.size { acceptSize(size, catalog) }
    }
    for index in banner.formats.indices { acceptSize(request.formats[index], catalog) }
  }

  private mutating func acceptSize(_ size: Size, _ catalog: borrowing CampaignCatalog) {
    guard let slot = catalog.columns.slot(.size, number: TargetingKeys.size(size)) else { return }
    state.apply(slot, catalog.columns)
  }
}
