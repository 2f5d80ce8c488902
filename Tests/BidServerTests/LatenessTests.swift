import Support
import Testing

@testable import BidServer
@testable import Telemetry

/// Requests that no answer can be in time for.
@Suite(.timeLimit(.minutes(10))) struct LatenessTests {
  @Test(arguments: ["", "Content-Encoding: gzip\r\n"])
  func turnsThemDownUnread(_ fields: String) throws {
    let server = try TestServer(markup: TestServer.markup)
    let client = try server.connect()
    let late = try #require(TestServer.exchanges.firstIndex { $0.name == "late" })
    for body in [Request.body, "neither JSON nor gzip"] {
      let answer = try client.exchange(Request.bid(body, exchange: "late", fields: fields))
      #expect(answer.status == 204)
      #expect(answer.body.isEmpty)
      #expect(answer.fields["x-nod-reason"] == "deadline")
    }
    #expect(server.server.metrics[0].noBids(exchange: late, .deadline) == 2)
    #expect(server.errors(400, exchange: late) == 0)
    #expect(try client.exchange(Request.bid()).status == 200)
  }
}
