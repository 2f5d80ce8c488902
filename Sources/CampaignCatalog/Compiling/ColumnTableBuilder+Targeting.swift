import AuctionTypes
import CampaignDocuments

extension ColumnTableBuilder {
  /// Adds all rules of a line item's targeting that are judged by columns.
  mutating func add(_ targeting: Targeting, exchanges: [ExchangeRules], lineItem: Int) {
    add(.inventory, targeting.inventory, lineItem) { Self.key(TargetingKeys.inventory($0)) }
    add(.domain, targeting.domains, lineItem) { Self.key($0) }
    add(.app, targeting.apps, lineItem) { Self.key($0) }
    // Domains and apps are one question: where. Who includes either is bound in both.
    if !targeting.domains.include.isEmpty { constrain(.app, lineItem: lineItem) }
    if !targeting.apps.include.isEmpty { constrain(.domain, lineItem: lineItem) }
    add(.geo, targeting.geo, lineItem) { TargetingKeys.geo($0) }
    add(.deviceType, targeting.deviceTypes, lineItem) { Self.key(UInt64($0)) }
    add(.os, targeting.operatingSystems, lineItem) { Self.key($0) }
    add(.language, targeting.languages, lineItem) { Self.key($0) }
    add(.category, targeting.categories, lineItem) { Self.key($0) }
    add(.position, targeting.positions, lineItem) { Self.key(UInt64($0)) }
    add(.exchange, targeting.exchanges, lineItem) { name in
      let index = exchanges.firstIndex { $0.name == name }
      return Self.key(index.map(UInt64.init) ?? .max)
    }
    addDeals(targeting.deals, lineItem)
  }

  /// A deal that a line item excludes is one that it does not answer, even where it includes it.
  private mutating func addDeals(_ deals: Targeting.Deals, _ lineItem: Int) {
    let excluded = Set(deals.values.exclude.map { Self.key($0) })
    for deal in deals.values.include where !excluded.contains(Self.key(deal)) {
      include(.deal, Self.key(deal), lineItem: lineItem)
    }
  }

  private mutating func add<Value>(
    _ dimension: Dimension, _ rule: IncludeExclude<Value>, _ lineItem: Int,
    key: (Value) -> [UInt8]
  ) {
    if !rule.include.isEmpty { constrain(dimension, lineItem: lineItem) }
    for value in rule.include { include(dimension, key(value), lineItem: lineItem) }
    for value in rule.exclude { exclude(dimension, key(value), lineItem: lineItem) }
  }
}
