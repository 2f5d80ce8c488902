import AuctionTypes
import AudienceIndex
import BidEngine
import CampaignCatalog
import LinuxIO

extension BiddingSnapshot {
  /// Compiles what a configuration and its documents say.
  /// - Parameters:
  ///   - registry: gives numbers to the segments that line items name.
  ///   - key: the hash of the ids in the audience index.
  ///   - generation: one more than that of the snapshot before.
  /// - Complexity: O(line items × (exchanges + targeting values)).
  init(_ input: ServeInput, registry: SegmentRegistry, key: HashKey, generation: UInt64) {
    let configuration = input.configuration
    let compiler = CatalogCompiler(
      advertisers: input.documents.advertisers, exchanges: configuration.exchangeRules,
      rules: configuration.biddingRules, rates: configuration.rates,
      numbers: .sequential(
        for: input.documents.advertisers, exchanges: configuration.exchangeRules),
      registry: registry,
      now: WallTime(milliseconds: Clock.realtimeMilliseconds()), generation: generation)
    self.init(
      catalog: compiler.compile(),
      spaces: IdentitySpaces(
        spaces: configuration.allSpaces, sources: configuration.extendedIDSources,
        exchangeSpaces: configuration.exchanges.map { $0.idSpace }, key: key))
  }
}
