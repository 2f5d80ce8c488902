import AuctionTypes
import CampaignCatalog
import FixedMemory
import OpenRTB

/// Why a line item has no price or no creative.
struct Refusal: Error {
  let reason: NoBidReason
}

/// What is sold at an impression: in the open auction or under a deal.
struct Offer {
  let impression: Int
  /// The deal, by its index in the request.
  let deal: Int?
  let floor: CPM
  let floorCurrency: CurrencyCode
  /// Whether the floor is the price (`at` = 3).
  let isFixedPrice: Bool
  /// The floor in the response's currency.
  var floorPrice = CPM.zero

  /// The open auction of an impression.
  init(impression: Int, of request: borrowing BidRequest) {
    self.impression = impression
    deal = nil
    floor = request.impressions[impression].floor
    floorCurrency = request.impressions[impression].floorCurrency
    isFixedPrice = false
  }

  /// A deal of an impression: its own floor stands before the impression's.
  init(deal: Int, impression: Int, of request: borrowing BidRequest) {
    self.impression = impression
    self.deal = deal
    floor = request.deals[deal].floor
    floorCurrency = request.deals[deal].floorCurrency
    isFixedPrice = request.deals[deal].auctionType == 3
  }
}

extension BidPipeline {
  /// The offer with its floor in the response's currency, rounded up; nil when the floor's currency
  /// has no rate. A floor of nothing needs none.
  mutating func priced(_ offer: Offer, _ catalog: borrowing CampaignCatalog) -> Offer? {
    var offer = offer
    if offer.floor == .zero && !offer.isFixedPrice { return offer }
    let floor = catalog.rates.convert(
      offer.floor, from: offer.floorCurrency, to: screened.currency, rounding: .up)
    guard let floor else { return nil }
    offer.floorPrice = floor
    return offer
  }

  /// What a line item bids, in the response's currency: its value rounded down to the exchange's
  /// decimals, or under a fixed price that price rounded up.
  mutating func price(
    _ lineItem: Int, _ offer: Offer, _ exchange: Int, _ catalog: borrowing CampaignCatalog
  ) -> Result<CPM, Refusal> {
    let row = catalog.lineItems[lineItem]
    let value = catalog.rates.convert(
      row.value, from: row.currency, to: screened.currency, rounding: .down)
    guard let value else { return .failure(Refusal(reason: .currency)) }
    let step = catalog.exchanges[exchange].priceStepMicros
    var price = CPM(micros: value.micros / step * step)
    if price.micros <= 0 { return .failure(Refusal(reason: .price)) }
    if price < offer.floorPrice { return .failure(Refusal(reason: .floor)) }
    if offer.isFixedPrice && offer.floorPrice > .zero {
      let steps = (offer.floorPrice.micros - 1) / step + 1
      price = CPM(micros: steps * step)
      if price > value { return .failure(Refusal(reason: .floor)) }
    }
    return .success(price)
  }
}
