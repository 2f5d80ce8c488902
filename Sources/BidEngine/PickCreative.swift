import AuctionTypes
import CampaignCatalog
import FixedMemory
import OpenRTB

/// What an impression asks of a creative: read once for all line items.
struct Spot {
  let banner: Banner
  let isSecure: Bool
}

extension BidPipeline {
  /// One of a line item's creatives that the impression may show. Those that fit take turns, by
  /// the auction's number; if none fits, the reason is the furthest that one came.
  mutating func pickCreative(
    _ lineItem: Int, _ spot: Spot, _ body: RawSpan, _ context: BidContext,
    _ catalog: borrowing CampaignCatalog
  ) -> Result<Int, Refusal> {
    let range = catalog.lineItems[lineItem].creatives
    let count = Int(range.count)
    var furthest = NoBidReason.size
    guard count > 0 else { return .failure(Refusal(reason: furthest)) }
    var place = count == 1 ? 0 : Int(context.nonce.mixed % UInt64(count))
    for _ in 0..<count {
      let index = Int(catalog.creativeIndices[Int(range.start) + place])
      place = place + 1 == count ? 0 : place + 1
      guard let reason = problem(catalog.creatives[index], spot, body, catalog) else {
        let bytes = catalog.bidBytes(creative: index, exchange: context.exchange)
        if bidBytes + bytes > EngineLimits.bidBytes { continue }
        return .success(index)
      }
      if reason.rawValue > furthest.rawValue { furthest = reason }
    }
    return .failure(Refusal(reason: furthest))
  }

  /// Why an impression may not show a creative.
  private mutating func problem(
    _ creative: CatalogCreative, _ spot: Spot, _ body: RawSpan,
    _ catalog: borrowing CampaignCatalog
  ) -> NoBidReason? {
    let banner = spot.banner
    if !offers(creative.size, banner) { return .size }
    if isBlocked(creative.bundle, body, catalog) { return .blockedApp }
    if hasBlockedAttribute(creative, banner, catalog)
      || creative.bannerTypes & banner.blockedTypes.small != 0
      || !acceptsHTML(banner.mimes, body)
    {
      return .blockedAttribute
    }
    if spot.isSecure && !creative.isSecure { return .insecureMarkup }
    return nil
  }

  /// Whether `battr` has one of a creative's attributes.
  private mutating func hasBlockedAttribute(
    _ creative: CatalogCreative, _ banner: Banner, _ catalog: borrowing CampaignCatalog
  ) -> Bool {
    if creative.attributes & banner.blockedAttributes.small != 0 { return true }
    for index in creative.otherAttributes.indices
    where request.contains(catalog.attributeNumbers[index], in: banner.blockedAttributes) {
      return true
    }
    return false
  }

  /// Whether a banner takes a size: one of its formats, or its own size where there are none.
  private mutating func offers(_ size: Size, _ banner: Banner) -> Bool {
    if banner.formats.isEmpty { return banner.size == size }
    for index in banner.formats.indices where request.formats[index] == size { return true }
    return false
  }

  /// Whether `bapp` has the app that a creative advertises.
  private mutating func isBlocked(
    _ bundle: ByteSlice, _ body: RawSpan, _ catalog: borrowing CampaignCatalog
  ) -> Bool {
    if bundle.isEmpty { return false }
    for index in request.blockedApps.indices {
      let blocked = body.slice(request.texts[index], unescaped: request.unescaped.bytes)
      if catalog.equalsIgnoringCase(bundle, blocked) { return true }
    }
    return false
  }

  /// Whether `mimes` allows markup: HTML, or an image, which is what banner markup shows.
  private mutating func acceptsHTML(_ mimes: ListSlice, _ body: RawSpan) -> Bool {
    if mimes.isEmpty { return true }
    for index in mimes.indices {
      let mime = body.slice(request.texts[index], unescaped: request.unescaped.bytes)
      if mime.equalsIgnoringCase("text/html") { return true }
      if mime.byteCount > 6 && mime.slice(0, 6).equalsIgnoringCase("image/") { return true }
    }
    return false
  }
}
