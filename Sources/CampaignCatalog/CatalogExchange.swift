import AuctionTypes
import FixedMemory

/// What an exchange's configuration says of bidding there.
package struct ExchangeRules: Sendable, Equatable {
  /// The last part of its path.
  package var name: String
  /// The seat of advertisers that have none of their own there.
  package var seat: String
  /// The space of `user.id`.
  package var idSpace: String
  /// The longest that an answer may take, whatever `tmax` says.
  package var deadlineMilliseconds: Int
  /// What of the time the network takes.
  package var networkMarginMilliseconds: Int
  /// Decimal places of prices, 0 to 6.
  package var priceDecimals: Int
  /// Bids in the open auction of an impression.
  package var bidsPerImpression: Int
  /// Whether a body with only an `id` is a no-bid instead of an error.
  package var acceptsPing: Bool

  package init(
    name: String, seat: String = "nod", idSpace: String? = nil, deadlineMilliseconds: Int = 100,
    networkMarginMilliseconds: Int = 10, priceDecimals: Int = 4, bidsPerImpression: Int = 1,
    acceptsPing: Bool = false
  ) {
    self.name = name
    self.seat = seat
    self.idSpace = idSpace ?? name
    self.deadlineMilliseconds = deadlineMilliseconds
    self.networkMarginMilliseconds = networkMarginMilliseconds
    self.priceDecimals = priceDecimals
    self.bidsPerImpression = bidsPerImpression
    self.acceptsPing = acceptsPing
  }
}

/// An exchange as the bid path sees it.
@usableFromInline
package struct CatalogExchange: BitwiseCopyable, Sendable {
  /// The space of `user.id`, in the catalog's text.
  package let idSpace: ByteSlice
  package let deadlineMilliseconds: UInt32
  package let networkMarginMilliseconds: UInt32
  /// Prices are multiples of this many micros.
  package let priceStepMicros: Int64
  package let priceDecimals: UInt8
  package let bidsPerImpression: UInt8
  package let acceptsPing: Bool
}

/// What the configuration says of privacy and secure impressions.
package struct BiddingRules: Sendable, Equatable {
  /// Whether Nod has an https prefix for the URLs it adds to secure impressions.
  package var hasSecureURL: Bool
  /// Whether a request whose user may not be read gets no bid at all.
  package var bidsWithoutConsent: Bool
  /// Whether `gdpr` counts as 1 where it is absent and the place is in the EEA, UK or Switzerland.
  package var assumesGDPR: Bool

  package init(
    hasSecureURL: Bool = false, bidsWithoutConsent: Bool = true, assumesGDPR: Bool = true
  ) {
    self.hasSecureURL = hasSecureURL
    self.bidsWithoutConsent = bidsWithoutConsent
    self.assumesGDPR = assumesGDPR
  }
}
