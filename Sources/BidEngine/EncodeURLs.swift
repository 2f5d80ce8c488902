import AuctionTypes
import BudgetLedger
import CampaignCatalog
import FixedMemory

/// The URLs of a bid, each signed for its own kind of notice; the exchange fills in the macros
/// (OpenRTB 2.6 section 4.4).
extension BidPipeline {
  /// Appends `nurl`, `burl` and `lurl` of the token last signed.
  ///
  /// - Parameter prefix: what stands before the paths, as the inside of a JSON string.
  mutating func appendNotices(_ prefix: RawSpan, into response: inout FixedBuffer) {
    response.append(",\"nurl\":\"")
    appendURL(.win, prefix, into: &response)
    response.append("\",\"burl\":\"")
    appendURL(.billing, prefix, into: &response)
    response.append("\",\"lurl\":\"")
    appendURL(.loss, prefix, into: &response)
    response.append(UInt8(ascii: "\""))
  }

  /// Appends the inside of `adm` and its closing quote: the markup with a click URL in the place of
  /// each `${CLICK_URL}`, and behind it a pixel that tells of the impression.
  mutating func appendMarkup(
    _ creative: Int, _ prefix: RawSpan, _ catalog: borrowing CampaignCatalog,
    into response: inout FixedBuffer
  ) {
    let texts = catalog.text.bytes
    let pieces = catalog.creatives[creative].markup.indices
    response.append(texts.slice(catalog.markupPieces[pieces.lowerBound]))
    for piece in pieces.dropFirst() {
      appendURL(.click, prefix, into: &response)
      response.append(texts.slice(catalog.markupPieces[piece]))
    }
    appendURL(.pixel, prefix, into: &response)
    response.append(#"\" width=\"1\" height=\"1\" alt=\"\" style=\"display:none\">""#)
  }

  private mutating func appendURL(
    _ kind: NoticeKind, _ prefix: RawSpan, into response: inout FixedBuffer
  ) {
    response.append(prefix)
    desk.signer.appendPath(kind, to: &response)
    response.append(NoticeQuery.text(kind))
  }
}
