import AuctionTypes

/// What the ledger's numbers stand for, those of earlier documents included: the index of each is
/// its number.
package struct LedgerNames: Sendable, Equatable {
  /// A campaign or line item.
  package struct Account: Sendable, Equatable {
    /// `advertiser/campaign` or `advertiser/campaign/line item`.
    package var path: String
    /// Fixed after the first spend.
    package var currency: CurrencyCode
    /// When it was first heard of.
    package var createdAt: WallTime

    package init(path: String, currency: CurrencyCode, createdAt: WallTime) {
      self.path = path
      self.currency = currency
      self.createdAt = createdAt
    }
  }

  package var accounts: [Account]
  /// Paths: `advertiser/creative`.
  package var creatives: [String]
  package var exchanges: [String]

  package init(
    accounts: [Account] = [], creatives: [String] = [], exchanges: [String] = []
  ) {
    self.accounts = accounts
    self.creatives = creatives
    self.exchanges = exchanges
  }
}

extension Ledger {
  /// All names there are.
  ///
  /// - Complexity: O(names).
  package var names: LedgerNames {
    LedgerNames(
      accounts: book.names.map {
        LedgerNames.Account(path: $0.path, currency: $0.currency, createdAt: $0.createdAt)
      }, creatives: creativeRecords.map(\.path), exchanges: exchangeNames)
  }
}
