import AuctionTypes
import CampaignDocuments

extension LedgerNumbers {
  /// Numbers from zero for all that some documents and exchanges name, where no ledger gives them:
  /// for tests and explanations.
  package static func sequential(
    for advertisers: [Advertiser], exchanges: [ExchangeRules]
  ) -> LedgerNumbers {
    var numbers = LedgerNumbers()
    for advertiser in advertisers {
      for creative in advertiser.creatives {
        let path = "\(advertiser.id)/\(creative.id)"
        numbers.creatives[path] = CreativeID(rawValue: UInt32(numbers.creatives.count))
      }
      for campaign in advertiser.campaigns {
        let path = "\(advertiser.id)/\(campaign.id)"
        numbers.addAccount(path)
        for lineItem in campaign.lineItems { numbers.addAccount("\(path)/\(lineItem.id)") }
      }
    }
    for exchange in exchanges {
      numbers.exchanges[exchange.name] = ExchangeID(rawValue: UInt16(numbers.exchanges.count))
    }
    return numbers
  }

  private mutating func addAccount(_ path: String) {
    accounts[path] = AccountID(rawValue: UInt32(accounts.count))
  }
}
