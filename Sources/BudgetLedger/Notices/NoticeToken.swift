import AuctionTypes

/// All that booking a bid needs, as its notice URLs carry it: no table is asked, so a notice can be
/// booked after any crash.
@usableFromInline
package struct NoticeToken: Sendable, Hashable, BitwiseCopyable {
  /// The bid; its id is made of it.
  package var bid: BidNumber
  /// When it was made.
  package var madeAt: WallTime
  /// The line item that pays.
  package var account: AccountID
  /// What is shown.
  package var creative: CreativeID
  /// Who sold it.
  package var exchange: ExchangeID
  /// What was bid for.
  package var size: Size
  /// The bid, in its own currency.
  package var price: CPM
  /// The currency of the bid and of the prices in its notices.
  package var currency: CurrencyCode
  /// From the bid's currency into the account's, at bid time.
  package var rates: RatePair
  /// The day of the campaign's time zone that the bid belongs to.
  package var day: LocalDay
  /// How long the reservation waits for its notice; a win starts it anew.
  package var windowSeconds: UInt32
  /// Whether the request was a test: nothing is reserved or booked.
  package var isTest: Bool
  /// The event that books.
  package var billOn: NoticeKind

  package init(
    bid: BidNumber, madeAt: WallTime, account: AccountID, creative: CreativeID,
    exchange: ExchangeID, size: Size, price: CPM, currency: CurrencyCode, rates: RatePair,
    day: LocalDay, windowSeconds: UInt32, isTest: Bool, billOn: NoticeKind
  ) {
    self.bid = bid
    self.madeAt = madeAt
    self.account = account
    self.creative = creative
    self.exchange = exchange
    self.size = size
    self.price = price
    self.currency = currency
    self.rates = rates
    self.day = day
    self.windowSeconds = windowSeconds
    self.isTest = isTest
    self.billOn = billOn
  }

  /// What the bid reserves of the account's budgets: its price in the account's currency, rounded
  /// up to a nano-unit; nil when it does not fit.
  package var reserved: Money? {
    rates.convert(price.micros, rounding: .up).map { Money(nanos: $0) }
  }

  /// What is paid at a clearing price in the bid's currency: rounded up, at most what was reserved.
  package func paid(at clearing: CPM) -> Money? {
    guard let reserved, let paid = rates.convert(clearing.micros, rounding: .up) else { return nil }
    return min(Money(nanos: paid), reserved)
  }
}
