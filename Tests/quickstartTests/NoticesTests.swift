import Testing

@testable import quickstart

@Suite struct NoticesTests {
  @Test(arguments: [
    (4.2, "USD", "4.200000", 4_200_000, "3.360000"),
    (3.8888, "EUR", "3.888800", 4_199_904, "3.111000"),
    (0.0001, "EUR", "0.000100", 108, "0.000000"),
    (9, "USD", "9.000000", 9_000_000, "7.200000"),
  ])
  func pricesAreExact(
    price: Double, currency: String, text: String, nanos: Int, cleared: String
  ) throws {
    let price = Price(price, currency: currency)
    #expect(price.text == text)
    #expect(try price.nanosOfOne == nanos)
    #expect(price.cleared.text == cleared)
  }

  @Test func aCurrencyWithoutARateIsAFailure() {
    #expect(throws: Failure.self) { try Price(1, currency: "JPY").nanosOfOne }
  }

  @Test func findsThePathOfAURL() {
    #expect(Notices.path(of: "http://a.example:80/n/b/x?p=1") == "/n/b/x?p=1")
    #expect(Notices.path(of: "https://a.example") == nil)
    #expect(Notices.path(of: "/n/b/x") == nil)
  }

  @Test func theBidsOfAnAnswerAreSold() throws {
    let request = try BidRequest(
      line: #"{"name":"a","exchange":"example","request":{"id":"1","test":1}}"#,
      expectation: Samples.refusal("geo"))
    let body = """
      {"seatbid":[{"bid":[{"impid":"1","price":1.5,"cid":"c"}]},
      {"bid":[{"impid":"2","price":2,"cid":"d","burl":"http://a/b"}]}],"cur":"EUR"}
      """
    let sales = Notices.Sale.all(of: Samples.answer(200, body), to: request)
    #expect(sales.map { $0.bid.cid } == ["c", "d"])
    #expect(sales.map { $0.price.currency } == ["EUR", "EUR"])
    #expect(sales.allSatisfy { $0.isTest })
    #expect(Notices.Sale.all(of: Samples.answer(204, reason: "geo"), to: request).isEmpty)
  }

  @Test func aDifferenceOfAMicroIsAFailure() throws {
    let notices = Notices(paidNanos: ["a": 4_200_999])
    try Spend(notices) { _ in 4_200 }.expectExact("the ledger")
    let spend = Spend(notices) { _ in 4_201 }
    let failure = #expect(throws: Failure.self) { try spend.expectExact("the ledger") }
    #expect(failure?.message == "a: 4200 micros were charged, the ledger has 4201")
  }
}
