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
    state.candidates.assign(state.matched)
    if catalog.columns.isUsed(.position) {
      let position = banner.position.map { UInt64(UInt32(bitPattern: $0)) }
      Self.matchNumber(.position, position, catalog.columns, &state)
      if Self.end(.position, impression: impression, &state, &tracer) { return .position }
    }
    Self.acceptDeals(impression, request, body, catalog, &state)
    if Self.end(.deal, impression: impression, &state, &tracer) { return .deal }
    acceptSizes(banner, catalog)
    if Self.end(.size, impression: impression, &state, &tracer) { return .size }
    return nil
  }

  private mutating func refuseAll<Tracer: DecisionTracer & ~Copyable>(
    _ reason: NoBidReason, _ impression: Int, _ tracer: inout Tracer
  ) -> NoBidReason {
    state.candidates.removeAll()
    tracer.narrowed(reason, impression: impression, state.candidates)
    return reason
  }

  /// Accepts the line items that bid in the open auction, unless it is private, and those that
  /// answer one of the deals.
  private static func acceptDeals(
    _ impression: Int, _ request: borrowing BidRequest, _ body: RawSpan,
    _ catalog: borrowing CampaignCatalog, _ state: inout MatchState
  ) {
    if request.impressions[impression].isPrivateAuction {
      state.accepted.removeAll()
    } else {
      state.accepted.assign(catalog.open)
    }
    for deal in request.impressions[impression].deals.indices {
      let id = body.slice(request.deals[deal].id, unescaped: request.unescaped.bytes)
      apply(.deal, id, catalog.columns, &state)
    }
  }

  /// Accepts the line items with a creative of a size that the banner offers.
  private mutating func acceptSizes(_ banner: Banner, _ catalog: borrowing CampaignCatalog) {
    state.accepted.removeAll()
    if banner.formats.isEmpty {
      if let size = banner.size { acceptSize(size, catalog) }
    }
    for index in banner.formats.indices { acceptSize(request.formats[index], catalog) }
  }

  private mutating func acceptSize(_ size: Size, _ catalog: borrowing CampaignCatalog) {
    guard let slot = catalog.columns.slot(.size, number: TargetingKeys.size(size)) else { return }
    catalog.columns.addIncluding(slot, to: &state.accepted)
  }
}
