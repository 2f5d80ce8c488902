import AuctionTypes
import ControlStore

/// What a report of delivery is asked for.
package struct DeliveryQuery: Sendable {
  /// None asks for the totals.
  package var groupBy: [DeliveryDimension] = []
  /// Days of the campaigns' time zones, the first in, the last out; nil is open.
  package var from: LocalDay?
  package var to: LocalDay?
  /// Whose rows there are.
  package var scope: AdvertiserScope
  package var advertiser: String?
  package var campaign: String?
  package var lineItem: String?
  package var creative: String?
  package var exchange: String?
  package var size: Size?

  /// Everything of a scope.
  package init(scope: AdvertiserScope) { self.scope = scope }

  /// Whether matched requests are known for every row.
  var hasMatched: Bool {
    creative == nil && exchange == nil && size == nil && groupBy.allSatisfy(\.isOfMatched)
  }
}
