import AuctionTypes
import Testing

@Suite struct RateTableTests {
  static let eur = CurrencyCode("EUR")!
  static let jpy = CurrencyCode("JPY")!
  static let gbp = CurrencyCode("GBP")!

  static func table() -> RateTable {
    RateTable(nanosOfUSD: [eur: 1_080_000_000, jpy: 6_700_000])
  }

  @Test(
    arguments: [
      (1_000_000, eur, .usd, 1_080_000, 1_080_000), (1_080_000, .usd, eur, 1_000_000, 1_000_000),
      (1_000_000, .usd, eur, 925_926, 925_925), (1, .usd, eur, 1, 0), (0, .usd, eur, 0, 0),
      (1, eur, jpy, 162, 161), (1_000_000, .usd, jpy, 149_253_732, 149_253_731),
      (7, eur, eur, 7, 7), (.max, eur, eur, .max, .max),
    ] as [(Int64, CurrencyCode, CurrencyCode, Int64, Int64)])
  func convertsExactlyAndRoundsOnce(
    _ micros: Int64, _ from: CurrencyCode, _ target: CurrencyCode, _ up: Int64, _ down: Int64
  ) {
    let table = Self.table()
    let price = CPM(micros: micros)
    let ceiling = table.convert(price, from: from, to: target, rounding: .up)
    let floor = table.convert(price, from: from, to: target, rounding: .down)
    #expect(ceiling == CPM(micros: up))
    #expect(floor == CPM(micros: down))
  }

  @Test func knowsOnlyConfiguredCurrenciesAndUSD() {
    let table = Self.table()
    let known = [CurrencyCode.usd, Self.eur, Self.jpy, Self.gbp, .unreadable].map {
      table.contains($0)
    }
    #expect(known == [true, true, true, false, false])
    let from = table.convert(CPM(micros: 1), from: Self.gbp, to: .usd, rounding: .up)
    let to = table.convert(CPM(micros: 1), from: .usd, to: Self.gbp, rounding: .up)
    let unreadable = table.convert(CPM(micros: 1), from: .unreadable, to: .usd, rounding: .up)
    #expect(from == nil && to == nil && unreadable == nil)
  }

  @Test func whatDoesNotFitHasNoValue() {
    let table = Self.table()
    let large = table.convert(CPM(micros: .max), from: Self.eur, to: Self.jpy, rounding: .down)
    #expect(large == nil)
    let small = table.convert(CPM(micros: .max), from: Self.jpy, to: Self.eur, rounding: .down)
    #expect(small != nil)
  }

  @Test func neverUndercutsAFloorThereAndBack() {
    let table = Self.table()
    for micros in stride(from: Int64(1), to: 50_000_000, by: 99_991) {
      let there = table.convert(CPM(micros: micros), from: .usd, to: Self.eur, rounding: .up)
      let back = there.flatMap {
        table.convert($0, from: Self.eur, to: .usd, rounding: .up)
      }
      #expect(back.map { $0.micros >= micros } == true)
    }
  }
}
