import AuctionTypes
import CampaignCatalog
import CampaignDocuments
import Testing

@testable import BidEngine

struct FloorTests {
  private func price(
    cpm micros: Int64 = 2_000_000, currency: String = "USD", decimals: Int = 4, imp: String,
    _ members: String = ""
  ) throws -> (micros: Int64?, reason: NoBidReason?) {
    let engine = Engine(
      [Samples.advertiser(currency: currency, [Samples.lineItem(cpm: micros)])],
      exchanges: [ExchangeRules(name: "example", priceDecimals: decimals)])
    let answer = engine.answer(Samples.request(imp: imp, members))
    return (try answer.bids().first?.priceMicros, answer.reason)
  }

  @Test(arguments: [
    #""bidfloor":2"#, #""bidfloor":2.0"#, #""bidfloor":"1.999999""#, #""bidfloor":0"#,
    #""bidfloor":-3"#, #""bidfloor":null"#, #""bidfloor":20e-1"#,
    #""bidfloor":1.85,"bidfloorcur":"EUR""#, #""bidfloor":2,"bidfloorcur":"usd""#,
    #""bidfloor":0,"bidfloorcur":"XXX""#,
  ])
  func aPriceAtTheFloorIsBid(imp: String) throws {
    #expect(try price(imp: imp).micros == 2_000_000)
  }

  @Test(arguments: [
    #""bidfloor":2.000001"#, #""bidfloor":2.0000000001"#, #""bidfloor":1e300"#,
    // 1.851852 EUR are 2.00000016 USD: rounded up, above the price.
    #""bidfloor":1.851852,"bidfloorcur":"EUR""#,
    #""bidfloor":0.1,"bidfloorcur":"XXX""#, #""bidfloor":0.1,"bidfloorcur":"EURO""#,
  ])
  func aPriceBelowTheFloorIsNot(imp: String) throws {
    let result = try price(imp: imp)
    #expect(result.micros == nil)
    #expect(result.reason == .floor)
  }

  /// 1.851851 EUR are 1.99999908 USD, 1.851852 EUR are 2.00000016: both are rounded up.
  @Test func convertsFloorsRoundingUp() throws {
    #expect(try price(imp: #""bidfloor":1.851851,"bidfloorcur":"EUR""#).micros == 2_000_000)
    #expect(try price(imp: #""bidfloor":1.851852,"bidfloorcur":"EUR""#).reason == .floor)
  }

  @Test(
    arguments: [
      (1_234_567, 4, 1_234_500), (1_234_567, 6, 1_234_567), (1_234_567, 0, 1_000_000),
      (1_999_999, 2, 1_990_000),
    ] as [(Int64, Int, Int64)])
  func pricesRoundDownAtTheExchangesDecimals(
    cpm: Int64, decimals: Int, price expected: Int64
  ) throws {
    #expect(try price(cpm: cpm, decimals: decimals, imp: "").micros == expected)
  }

  @Test func aPriceThatRoundsBelowItsFloorIsNoBid() throws {
    let imp = #""bidfloor":1.234550"#
    #expect(try price(cpm: 1_234_567, decimals: 6, imp: imp).micros == 1_234_567)
    #expect(try price(cpm: 1_234_567, decimals: 4, imp: imp).reason == .floor)
  }

  @Test func aPriceThatRoundsToNothingIsNoBid() throws {
    #expect(try price(cpm: 99, imp: "").reason == .price)
    #expect(try price(cpm: 100, imp: "").micros == 100)
    #expect(try price(cpm: 0, imp: "").reason == .price)
  }

  @Test(arguments: [
    ("", "USD"), (#""cur":[]"#, "USD"), (#""cur":["EUR","USD"]"#, "USD"),
    (#""cur":["eur"]"#, "EUR"), (#""cur":["XXX","JPY","EUR"]"#, "JPY"), (#""cur":"EUR""#, "EUR"),
    (#""cur":null"#, "USD"),
  ])
  func answersInUSDOrTheFirstCurrencyWithARate(cur: String, expected: String) throws {
    let engine = Engine([Samples.advertiser()])
    let answer = engine.answer(Samples.request(cur))
    #expect(try answer.object()["cur"] as? String == expected)
    #expect(answer.currency.description == expected)
  }

  @Test(arguments: [#""cur":["XXX"]"#, #""cur":["EURO"]"#, #""cur":[" "]"#])
  func noCurrencyWithARateIsNoBid(cur: String) {
    let engine = Engine([Samples.advertiser()])
    #expect(engine.answer(Samples.request(cur)).reason == .currency)
  }

  @Test(
    arguments: [
      // 2.00 USD are 1.85185185… EUR and 298.5074… JPY; 2.00 EUR are 2.16 USD.
      ("USD", #""cur":["EUR"]"#, 1_851_800), ("USD", #""cur":["JPY"]"#, 298_507_400),
      ("EUR", "", 2_160_000), ("EUR", #""cur":["EUR"]"#, 2_000_000),
      // 2.00 GBP are 2.50 USD, which are 2.314814… EUR.
      ("GBP", #""cur":["EUR"]"#, 2_314_800),
    ] as [(String, String, Int64)])
  func convertsPricesRoundingDown(currency: String, cur: String, expected: Int64) throws {
    #expect(try price(currency: currency, imp: "", cur).micros == expected)
  }

  @Test func anAdvertiserWhoseCurrencyHasNoRateBidsOnlyInIt() throws {
    #expect(try price(currency: "CHF", imp: "").reason == .currency)
    #expect(try price(currency: "CHF", imp: "", #""cur":["CHF"]"#).reason == .currency)
  }

  @Test func floorsAreInTheResponsesCurrencyToo() throws {
    // 1.85 EUR is below 1.8518 EUR; 1.8519 is not.
    let cur = #""cur":["EUR"]"#
    #expect(try price(imp: #""bidfloor":1.8518,"bidfloorcur":"EUR""#, cur).micros == 1_851_800)
    #expect(try price(imp: #""bidfloor":1.8519,"bidfloorcur":"EUR""#, cur).reason == .floor)
    #expect(try price(imp: #""bidfloor":1.999"#, cur).micros == 1_851_800)
    #expect(try price(imp: #""bidfloor":2"#, cur).reason == .floor)
  }
}
