/// An exchange that sends bid requests to `/openrtb2/` and its name.
struct ExchangeConfiguration: Sendable, Equatable {
  /// The event that books spend.
  enum BillOn: String, CaseIterable, Sendable {
    case burl, nurl, pixel
  }

  /// How the exchange is told that there is no bid.
  enum NoBid: String, CaseIterable, Sendable {
    /// Status 204 without a body.
    case status204 = "204"
    /// `{}`.
    case emptyObject = "empty-object"
    /// The request's id and an empty `seatbid`.
    case emptySeatBid = "empty-seatbid"
    /// The same and the reason's code.
    case nbr
  }

  /// What a body with only an `id` is.
  enum Ping: String, CaseIterable, Sendable {
    /// A malformed request.
    case none
    /// A sign of life, answered like a no-bid.
    case idOnly = "id-only"
  }

  /// How prices in notices are written.
  enum PriceDecoder: String, CaseIterable, Sendable {
    case plain, google
  }

  /// The keys of encrypted prices, web-safe base64 of 32 bytes each.
  struct GoogleKeys: Sendable, Equatable {
    /// The key that prices are encrypted with.
    var encryption: String
    /// The key that prices are signed with.
    var integrity: String
  }

  /// The name in the path, in documents and in metrics.
  var name: String
  /// The seat that bids are made for, unless the advertiser has its own.
  var seat = "nod"
  /// The space of `BidRequest.user.id`.
  var idSpace: String
  /// The upper bound of the time to answer, in milliseconds.
  var deadlineMilliseconds: Int64 = 100
  /// What is taken off the deadline for the way of the answer, in milliseconds.
  var networkMarginMilliseconds: Int64 = 10
  /// How long a bid waits for its notice, in milliseconds.
  var noticeWindowMilliseconds: Int64 = 60_000
  /// The same in whole seconds, rounded up.
  var noticeWindowSeconds: Int { Int((noticeWindowMilliseconds + 999) / 1_000) }
  /// Whether bids carry `exp`.
  var sendsExpiry = false
  /// The event that books spend.
  var billOn = BillOn.burl
  /// How no-bids look.
  var noBid = NoBid.status204
  /// What a body with only an `id` is.
  var ping = Ping.none
  /// How prices in notices are written.
  var priceDecoder = PriceDecoder.plain
  /// The keys of the `google` decoder.
  var googleKeys: GoogleKeys?
  /// Decimals of a bid's price.
  var priceDecimals = 4
  /// Open bids for one impression; each matching deal allows one more.
  var bidsPerImpression = 1
  /// Whether no-bids carry `X-Nod-Reason`.
  var hasTestHeader = false

  /// An exchange with defaults; its users' ids are a space of its own.
  init(name: String) {
    self.name = name
    idSpace = name
  }
}
