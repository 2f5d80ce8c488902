/// What a targeting value is a value of; each dimension has its own columns.
@frozen @usableFromInline
package enum Dimension: UInt8, CaseIterable, Sendable {
  case exchange
  case inventory
  case domain
  case app
  case geo
  case deviceType
  case os
  case language
  case category
  case position
  case deal
  /// Sizes of a line item's creatives: every line item includes some.
  case size
  /// Seats by exchange: every line item includes one for each exchange.
  case seat
  /// The advertiser's domain and the domains above it, for `badv`.
  case advertiserDomain
  /// The advertiser's categories and those above them, for `bcat`.
  case advertiserCategory
}
