/// The number of a campaign's or line item's account: dense, given once, never given again.
@usableFromInline
package struct AccountID: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline package let rawValue: UInt32

  @inlinable
  package init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The number of a creative, which outlives documents: dense, given once, never given again.
@usableFromInline
package struct CreativeID: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline package let rawValue: UInt32

  @inlinable
  package init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The number of an exchange, which outlives configurations: given once, never given again.
@usableFromInline
package struct ExchangeID: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline package let rawValue: UInt16

  @inlinable
  package init(rawValue: UInt16) { self.rawValue = rawValue }
}

/// The numbers that the ledger has given to what documents and configurations name.
package struct LedgerNumbers: Sendable, Equatable {
  /// By `advertiser/campaign` and `advertiser/campaign/line item`.
  package var accounts: [String: AccountID]
  /// By `advertiser/creative`.
  package var creatives: [String: CreativeID]
  /// By name.
  package var exchanges: [String: ExchangeID]

  package init(
    accounts: [String: AccountID] = [:], creatives: [String: CreativeID] = [:],
    exchanges: [String: ExchangeID] = [:]
  ) {
    self.accounts = accounts
    self.creatives = creatives
    self.exchanges = exchanges
  }
}
