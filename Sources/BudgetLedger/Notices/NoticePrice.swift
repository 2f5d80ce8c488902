import AuctionTypes
import FixedMemory

/// What a notice says of the price, in the plain form: CPM in the bid's currency.
package enum NoticePrice: Equatable, Sendable {
  /// `AUDIT`: a probe of the exchange, which books nothing and marks nothing.
  case audit
  /// What is paid in the account's currency, the price that came in the bid's currency (nil when
  /// none could be read), and what is odd about it.
  case paid(Money, clearing: CPM?, PriceProblem)

  /// Reads the first `p` of a query, which is what follows the `?`.
  ///
  /// A price that cannot be read and one above the bid are booked at the bid; more than six
  /// decimals are rounded up; 0 is 0.
  ///
  /// - Complexity: O(bytes).
  package static func read(query: RawSpan, token: NoticeToken) -> NoticePrice {
    // A token is signed only if its price fits the account's currency.
    let bid = token.reserved ?? .zero
    guard let value = NoticeValue(UInt8(ascii: "p"), of: query) else {
      return .paid(bid, clearing: nil, .unreadable)
    }
    if value.equals("AUDIT") { return .audit }
    guard let clearing = value.price else { return .paid(bid, clearing: nil, .unreadable) }
    guard clearing <= token.price, let paid = token.paid(at: clearing) else {
      return .paid(bid, clearing: clearing, .aboveBid)
    }
    return .paid(paid, clearing: clearing, .none)
  }
}
