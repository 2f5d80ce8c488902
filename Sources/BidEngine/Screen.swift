import AuctionTypes
import CampaignCatalog
import FixedMemory
import OpenRTB

/// What screening found for the stages after it.
struct ScreenedRequest {
  /// The currency of the response.
  var currency = CurrencyCode.usd
  /// Whether the user's ids may be read.
  var mayReadIDs = true
  /// The exchange's number in notices.
  var exchange = ExchangeID(rawValue: 0)
}

extension BidPipeline {
  /// Judges what needs no line item: time, privacy, formats, currency.
  static func screen(
    _ request: borrowing BidRequest, _ body: RawSpan, _ context: BidContext,
    _ catalog: borrowing CampaignCatalog, into screened: inout ScreenedRequest
  ) -> NoBidReason? {
    screened = ScreenedRequest()
    let exchange = catalog.exchanges[context.exchange]
    if isTooLate(request, exchange, context) { return .deadline }
    screened.mayReadIDs = mayReadIDs(request, body, catalog.rules)
    if !screened.mayReadIDs && !catalog.rules.bidsWithoutConsent { return .privacy }
    if let reason = formatProblem(request, catalog.rules) { return reason }
    guard let currency = currency(of: request, catalog.rates) else { return .currency }
    screened.currency = currency
    guard let number = exchange.id else { return .budget }
    screened.exchange = number
    return nil
  }

  /// Whether min(tmax, the exchange's deadline) less the network's share has passed.
  private static func isTooLate(
    _ request: borrowing BidRequest, _ exchange: CatalogExchange, _ context: BidContext
  ) -> Bool {
    var milliseconds = Int64(exchange.deadlineMilliseconds)
    if let most = request.maximumMilliseconds { milliseconds = min(milliseconds, Int64(most)) }
    milliseconds -= Int64(exchange.networkMarginMilliseconds)
    if milliseconds <= 0 { return true }
    return context.now >= context.received.advanced(milliseconds: UInt64(milliseconds))
  }

  /// Consent strings are not decoded: where a law applies that asks for consent, or the user
  /// opted out, ids stay unread.
  private static func mayReadIDs(
    _ request: borrowing BidRequest, _ body: RawSpan, _ rules: CatalogRules
  ) -> Bool {
    let regulations = request.regulations
    if regulations.coppa || !regulations.gpp.isEmpty { return false }
    if regulations.gdpr ?? (rules.assumesGDPR && isUnderGDPR(request)) { return false }
    return !optsOut(request, body, regulations.directUSPrivacy)
      && !optsOut(request, body, regulations.extensionUSPrivacy)
  }

  private static func isUnderGDPR(_ request: borrowing BidRequest) -> Bool {
    (request.device.geo.country?.isUnderGDPR ?? false)
      || (request.user.geo.country?.isUnderGDPR ?? false)
  }

  /// Whether the third character of a US privacy string says that the user opted out of sale.
  private static func optsOut(
    _ request: borrowing BidRequest, _ body: RawSpan, _ text: Text
  ) -> Bool {
    let bytes = body.slice(text, unescaped: request.unescaped.bytes)
    return bytes.byteCount >= 3 && bytes.byte(at: 2).asciiLowercased == 0x79
  }

  private static func formatProblem(
    _ request: borrowing BidRequest, _ rules: CatalogRules
  ) -> NoBidReason? {
    var hasBanner = false
    for index in request.impressions.indices where request.impressions[index].banner != nil {
      hasBanner = true
      if rules.hasSecureURL || !request.impressions[index].isSecure { return nil }
    }
    return hasBanner ? .secure : .format
  }

  /// USD where it is allowed, else the first currency allowed that has a rate.
  private static func currency(
    of request: borrowing BidRequest, _ rates: borrowing RateTable
  ) -> CurrencyCode? {
    if request.currencies.isEmpty { return .usd }
    for index in request.currencies.indices where request.currencies[index] == .usd { return .usd }
    for index in request.currencies.indices where rates.contains(request.currencies[index]) {
      return request.currencies[index]
    }
    return nil
  }
}
