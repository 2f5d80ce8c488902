import AuctionTypes
import CampaignDocuments

/// In which order line items are numbered: by what they pay at most, the highest first.
///
/// Amounts of several currencies are compared exactly. Whatever currency a response is in, its
/// prices are these amounts divided by the same rate and rounded down, so none is higher than one
/// before it.
struct PriceOrder {
  /// Billionths of a US dollar per unit.
  private let rates: [CurrencyCode: Int64]

  /// - Parameter rates: billionths of a US dollar per unit of a currency; USD need not be named.
  init(rates: [CurrencyCode: Int64]) {
    self.rates = rates.merging([.usd: 1_000_000_000]) { $1 }
  }

  /// What a line item pays at most; nil where its currency has no rate.
  func worth(of lineItem: LineItem, in currency: String) -> Int128? {
    guard let rate = rates[CurrencyCode(currency) ?? .usd] else { return nil }
    return Int128(LineItemPrice(lineItem.bid).value.micros) * Int128(rate)
  }

  /// Line items in the order of their numbers; of equal ones the path decides, and those without a
  /// rate are the last.
  static func sorted(_ entries: [CatalogCompiler.Entry]) -> [CatalogCompiler.Entry] {
    entries.sorted { left, right in
      let (first, second) = (left.worth ?? -1, right.worth ?? -1)
      return first == second ? left.rank < right.rank : first > second
    }
  }

  /// For each line item the number of the first that is worth less.
  static func nextCheaper(_ entries: [CatalogCompiler.Entry]) -> [UInt32] {
    var next = entries.count
    var numbers = Array(repeating: UInt32(next), count: entries.count)
    for index in entries.indices.reversed() {
      if index + 1 < entries.count, entries[index].worth != entries[index + 1].worth {
        next = index + 1
      }
      numbers[index] = UInt32(next)
    }
    return numbers
  }
}
