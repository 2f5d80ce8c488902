import FixedMemory

/// What currencies are worth: the rates that the operator configured, in fixed memory.
package struct RateTable: ~Copyable, Sendable {
  /// How an amount between two steps is rounded.
  @frozen
  package enum Rounding: Sendable {
    /// Towards more: for floors, so that none is undercut.
    case up
    /// Towards less: for prices, so that never more is paid than promised.
    case down
  }

  private let rates: FixedArray<ExchangeRate>

  /// - Parameter nanosOfUSD: billionths of a US dollar per unit of a currency, all positive; USD
  ///   need not be named.
  package init(nanosOfUSD: [CurrencyCode: Int64] = [:]) {
    var all = nanosOfUSD
    all[.usd] = 1_000_000_000
    precondition(all.values.allSatisfy { $0 > 0 })
    rates = FixedArray(
      copying: all.map { ExchangeRate(currency: $0.key, nanosOfUSD: $0.value) }
        .sorted { $0.currency.packed < $1.currency.packed })
  }

  /// Whether amounts of the currency can be converted.
  ///
  /// - Complexity: O(currencies configured).
  package func contains(_ currency: CurrencyCode) -> Bool { rate(currency) != nil }

  /// The price in another currency; nil when one of them has no rate or the result does not fit.
  ///
  /// The product is exact in 128 bits and rounded once.
  ///
  /// - Complexity: O(currencies configured); O(1) between equal currencies.
  package func convert(
    _ price: CPM, from: CurrencyCode, to target: CurrencyCode, rounding: Rounding
  ) -> CPM? {
    if from == target { return price }
    guard price.micros >= 0, let rates = rates(from: from, to: target) else { return nil }
    return rates.convert(price.micros, rounding: rounding).map { CPM(micros: $0) }
  }

  /// The rates between two currencies; nil when one of them has none.
  ///
  /// - Complexity: O(currencies configured); O(1) between equal currencies.
  package func rates(from source: CurrencyCode, to target: CurrencyCode) -> RatePair? {
    if source == target { return .same }
    guard let sourceRate = rate(source), let targetRate = rate(target) else { return nil }
    return RatePair(source: sourceRate, target: targetRate)
  }

  private func rate(_ currency: CurrencyCode) -> Int64? {
    for index in rates.indices where rates[index].currency == currency {
      return rates[index].nanosOfUSD
    }
    return nil
  }
}

/// What one unit of a currency is worth.
package struct ExchangeRate: BitwiseCopyable, Sendable {
  package let currency: CurrencyCode
  /// Billionths of a US dollar.
  package let nanosOfUSD: Int64
}
