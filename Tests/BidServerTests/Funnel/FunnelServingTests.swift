import AuctionTypes
import Foundation
import Support
import Testing

@testable import BidEngine
@testable import BidServer

/// What workers count of requests over sockets.
@Suite struct FunnelServingTests {
  private static let account = AccountID(rawValue: 1)

  @Test func countsEveryRequestWhileTheyAreFew() throws {
    let test = try TestServer(markup: TestServer.markup, workers: 2)
    for number in 0..<60 {
      let client = try test.connect()
      let size = number % 3 == 0 ? 728 : 300
      let body = Request.body.replacing("300", with: "\(size)")
      #expect(try client.exchange(Request.bid(body)).status == (size == 300 ? 200 : 204))
      #expect(try client.exchange(Request.bid("{}")).status == 400)
    }
    let account = try #require(
      [0, 1].map(AccountID.init).first { test.funnel.matched($0) > 0 })
    #expect(test.funnel.requests == 60)
    #expect(test.funnel.judged == 60)
    #expect(test.funnel.requests(.bid, of: account) == 40)
    #expect(test.funnel.requests(.refused(.size), of: account) == 20)
    #expect(test.funnel.matched(account) == 40)
  }
}
