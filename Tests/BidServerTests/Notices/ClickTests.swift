import AuctionTypes
import BudgetLedger
import Testing

@testable import BidServer

@Suite(.serialized, .timeLimit(.minutes(10))) struct ClickTests {
  private static let old = 2 * NoticeSample.retentionMilliseconds

  @Test(arguments: [
    (NoticeSample.token(), NoticeResult.counted), (NoticeSample.token(isTest: true), .test),
    (NoticeSample.token(age: old), .expired), (NoticeSample.token(age: old, isTest: true), .test),
    (NoticeSample.token(billOn: .win), .counted),
  ])
  func alwaysRedirects(_ token: NoticeToken, _ result: NoticeResult) throws {
    let server = try TestServer(notices: 1)
    let client = try server.connect()
    #expect(try client.exchange(NoticeSample.request(.loss)).status == 204)
    for method in ["GET", "POST"] {
      for query in ["", "?p=AUDIT", "?utm=1"] {
        let response = try client.exchange(
          NoticeSample.request(.click, token, method: method, query: query))
        #expect(response.status == 302)
        #expect(response.fields["location"] == NoticeSample.landingURL)
        #expect(response.fields["cache-control"] == "no-store")
        #expect(response.fields["content-length"] == "0" && response.fields["connection"] == nil)
      }
    }
    #expect(server.notices(.click, result) == 6)
    let clicks = server.ledger.events().filter { $0.kind == .click }
    #expect(clicks.count == (result == .counted ? 6 : 0))
    #expect(server.ledger.rest().count == 1, "the ledger is not asked")
  }

  @Test func findsNoCreativeThatNobodyKnows() throws {
    let server = try TestServer()
    let client = try server.connect()
    for number in [0, 2, 4, UInt32.max] {
      let token = NoticeSample.token(creative: CreativeID(rawValue: number))
      #expect(try client.exchange(NoticeSample.request(.click, token)).status == 404)
    }
    #expect(server.errors(404, exchange: nil) == 4)
  }
}
