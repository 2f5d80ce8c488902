/// Why a request got no bid: one closed list, in the order in which the pipeline decides.
///
/// Where line items fell at different stages, the reason is the stage that refused the last of
/// them: the furthest that any line item came.
@frozen @usableFromInline
package enum NoBidReason: UInt8, CaseIterable, Sendable {
  /// The server is above its limits.
  case shed
  /// The time left does not suffice.
  case deadline
  /// A body with only an `id`.
  case ping
  /// The request is beyond a fixed limit: too many impressions, strings or deals.
  case capacity
  /// A privacy signal forbids any bid.
  case privacy
  /// No impression offers a banner.
  case format
  /// An impression wants https and no https prefix is configured.
  case secure
  /// None of the currencies allowed has a rate.
  case currency
  /// There is no active line item in flight.
  case inactive
  /// `wseat` or `bseat` rules out the seats.
  case seat
  case exchange
  case inventory
  case domain
  case app
  case geo
  case deviceType
  case os
  case language
  case category
  case daypart
  /// `badv`.
  case blockedAdvertiser
  /// `bcat` or `acat`.
  case blockedCategory
  /// The audience clause needs a usable user id and there is none.
  case identity
  /// The user's segments do not satisfy the audience clause.
  case audience
  case userPercent
  case position
  /// No deal that the line item names, or a private auction.
  case deal
  /// No creative of a size offered.
  case size
  /// The price rounds to nothing.
  case price
  /// The price is below the floor, or the floor has no rate.
  case floor
  /// `bapp`.
  case blockedApp
  /// `battr`, `btype`, `mimes` or `api` rule out the creatives.
  case blockedAttribute
  /// An https impression and markup with http assets.
  case insecureMarkup
  /// The user has seen the line item or its campaign as often as they allow, or cannot be counted.
  case frequencyCap
  /// The budget is spent or not granted yet, or the ledger has no number for the line item.
  case budget
  /// The line item is ahead of its pace.
  case pacing
  /// Another line item bids more, or another impression of the request took the line item.
  case outbid

  /// The name in metrics, headers and documents.
  @inlinable package var name: StaticString {
    switch self {
    case .shed: "shed"
    case .deadline: "deadline"
    case .ping: "ping"
    case .capacity: "capacity"
    case .privacy: "privacy"
    case .format: "format"
    case .secure: "secure"
    case .currency: "currency"
    case .seat: "seat"
    case .inactive: "inactive"
    case .exchange: "exchange"
    case .inventory: "inventory"
    case .domain: "domain"
    case .app: "app"
    case .geo: "geo"
    case .deviceType: "device_type"
    case .os: "os"
    case .language: "language"
    case .category: "category"
    case .daypart: "daypart"
    case .identity: "identity"
    case .audience: "audience"
    case .userPercent: "user_percent"
    case .position: "position"
    case .deal: "deal"
    case .blockedAdvertiser: "blocked_advertiser"
    case .blockedCategory: "blocked_category"
    case .blockedApp: "blocked_app"
    case .size: "size"
    case .blockedAttribute: "blocked_attribute"
    case .insecureMarkup: "insecure_markup"
    case .floor: "floor"
    case .price: "price"
    case .frequencyCap: "frequency_cap"
    case .budget: "budget"
    case .pacing: "pacing"
    case .outbid: "outbid"
    }
  }

  /// The code of OpenRTB 3.0's list of no-bid reasons.
  @inlinable package var nbr: UInt8 {
    switch self {
    case .shed: 1
    case .deadline: 15
    case .identity: 8
    case .deviceType: 6
    case .domain, .app: 7
    case .frequencyCap: 9
    default: 0
    }
  }
}
