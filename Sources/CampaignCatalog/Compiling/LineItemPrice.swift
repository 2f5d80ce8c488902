import AuctionTypes
import CampaignDocuments

/// What a line item pays for a thousand impressions, from its model and its priors.
package struct LineItemPrice {
  /// The value of a thousand impressions, never above the ceiling.
  package let value: CPM

  /// A click or an action is worth its probability times the amount, times 1,000 impressions;
  /// products are rounded down, so that never more is paid than promised.
  package init(_ bid: Bid) {
    let worth: Int64
    switch bid.model {
    case .cpm: worth = bid.amountMicros
    case .cpc: worth = Self.scaled(bid.amountMicros, bid.priorCTRPartsPerMillion, per: 1_000)
    case .cpa:
      worth = Self.product(
        bid.amountMicros, bid.priorCTRPartsPerMillion, bid.priorCVRPartsPerMillion)
    }
    value = CPM(micros: min(worth, bid.maxCPMMicros ?? .max))
  }

  /// amount × parts / per, of 128 bits, at most what 64 hold.
  private static func scaled(_ amount: Int64, _ parts: Int?, per: Int64) -> Int64 {
    let product = Int128(amount) * Int128(parts ?? 0) / Int128(per)
    return Int64(clamping: product)
  }

  /// amount × click rate × action rate × 1,000, both rates in parts per million.
  private static func product(_ amount: Int64, _ clicks: Int?, _ actions: Int?) -> Int64 {
    let product = Int128(amount) * Int128(clicks ?? 0) * Int128(actions ?? 0) / 1_000_000_000
    return Int64(clamping: product)
  }
}
