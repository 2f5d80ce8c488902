import AuctionTypes
import AudienceIndex
import BidEngine
import CampaignCatalog
import LinuxIO

extension BiddingSnapshot {
  /// Compiles what a configuration and its documents say.
  /// - Parameters:
  ///   - money: the ledger's numbers and the like; a line item without a number does not bid.
  ///   - registry: gives numbers to the segments that line items name.
  ///   - key: the hash of the ids in the audience index.
  ///   - generation: one more than that of the snapshot before.
  /// - Complexity: O(line items × (exchanges + targeting values)).
  init(
    _ input: ServeInput, _ money: MoneyInput, registry: SegmentRegistry, key: HashKey,
    generation: UInt64
  ) {
    let configuration = input.configuration
    let compiler = CatalogCompiler(
      advertisers: input.documents.advertisers, exchanges: configuration.exchangeRules,
      rules: configuration.biddingRules(port: money.port), rates: configuration.rates,
      numbers: money.numbers, landingURLs: money.landingURLs, registry: registry,
      now: WallTime(milliseconds: Clock.realtimeMilliseconds()), generation: generation)
    self.init(
      catalog: compiler.compile(),
      spaces: IdentitySpaces(
        spaces: configuration.allSpaces, sources: configuration.extendedIDSources,
        exchangeSpaces: configuration.exchanges.map { $0.idSpace }, key: key))
  }
}

/// What the ledger and the data plane add to documents before they are compiled.
struct MoneyInput {
  /// The ledger's.
  var numbers = LedgerNumbers()
  /// Where clicks on creatives go that no document has any more.
  var landingURLs: [CreativeID: String] = [:]
  /// The data plane's port.
  var port: UInt16
}
