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
  /// How long a bid waits for its notice; an impression's `exp` may make it longer.
  package var noticeWindowSeconds: Int
  /// Whether bids say in `exp` how long they wait.
  package var sendsExpiry: Bool
  /// The event that books spend: a billing notice, a win notice or the pixel.
  package var billOn: NoticeKind

  package init(
    name: String, seat: String = "nod", idSpace: String? = nil, deadlineMilliseconds: Int = 100,
    networkMarginMilliseconds: Int = 10, priceDecimals: Int = 4, bidsPerImpression: Int = 1,
    acceptsPing: Bool = false, noticeWindowSeconds: Int = 60, sendsExpiry: Bool = false,
    billOn: NoticeKind = .billing
  ) {
    self.name = name
    self.seat = seat
    self.idSpace = idSpace ?? name
    self.deadlineMilliseconds = deadlineMilliseconds
    self.networkMarginMilliseconds = networkMarginMilliseconds
    self.priceDecimals = priceDecimals
    self.bidsPerImpression = bidsPerImpression
    self.acceptsPing = acceptsPing
    self.noticeWindowSeconds = noticeWindowSeconds
    self.sendsExpiry = sendsExpiry
    self.billOn = billOn
  }
}

/// An exchange as the bid path sees it.
@usableFromInline
package struct CatalogExchange: BitwiseCopyable, Sendable {
  /// The space of `user.id`, in the catalog's text.
  package let idSpace: ByteSlice
  package let deadlineMilliseconds: UInt32
  package let networkMarginMilliseconds: UInt32
  /// What of the deadline is left for the answer.
  package var answerMilliseconds: UInt32 {
    deadlineMilliseconds - min(deadlineMilliseconds, networkMarginMilliseconds)
  }
  /// Prices are multiples of this many micros.
  package let priceStepMicros: Int64
  package let priceDecimals: UInt8
  package let bidsPerImpression: UInt8
  package let acceptsPing: Bool
  package let sendsExpiry: Bool
  /// The event that books spend.
  package let billOn: NoticeKind
  /// How long a bid waits for its notice.
  package let noticeWindowSeconds: UInt32
  /// Its number in notices; nil where the ledger has none, and then nothing bids there.
  package let id: ExchangeID?
}

/// What the configuration says of privacy and of the URLs in bids.
package struct BiddingRules: Sendable, Equatable {
  /// The prefix of the URLs that Nod adds to bids.
  package var publicURL: String
  /// The same for secure impressions: https; nil when there is none.
  package var publicURLTLS: String?
  /// Whether a request whose user may not be read gets no bid at all.
  package var bidsWithoutConsent: Bool
  /// Whether `gdpr` counts as 1 where it is absent and the place is in the EEA, UK or Switzerland.
  package var assumesGDPR: Bool

  package init(
    publicURL: String = "http://127.0.0.1:8080", publicURLTLS: String? = nil,
    bidsWithoutConsent: Bool = true, assumesGDPR: Bool = true
  ) {
    self.publicURL = publicURL
    self.publicURLTLS = publicURLTLS
    self.bidsWithoutConsent = bidsWithoutConsent
    self.assumesGDPR = assumesGDPR
  }

  /// Whether Nod can bid on secure impressions.
  package var hasSecureURL: Bool { publicURLTLS != nil }
}

/// The same as the bid path sees it.
@usableFromInline
package struct CatalogRules: BitwiseCopyable, Sendable {
  /// The prefix of URLs in bids, as the inside of a JSON string, without a slash at its end.
  package let publicURL: ByteSlice
  /// The same for secure impressions; empty when there is none.
  package let publicURLTLS: ByteSlice
  package let bidsWithoutConsent: Bool
  package let assumesGDPR: Bool

  /// Whether Nod can bid on secure impressions.
  package var hasSecureURL: Bool { !publicURLTLS.isEmpty }
}
