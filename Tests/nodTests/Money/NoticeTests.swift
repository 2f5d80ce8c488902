import Foundation
import Support
import Testing

@Suite struct NoticeTests {
  /// The line of `--json` after one notice of 2.00 on a day.
  private static func golden(_ day: String) -> String {
    let rest =
      #""day":"\#(day)","day_settled_micros":2000,"escrow_micros":0,"reserved_micros":0,"#
      + #""settled_micros":2000,"late_micros":0,"notices":1}"#
    return #"{"ok":true,"accounts":[{"account":"acme/k","total_budget_micros":1000000000,"#
      + #""daily_budget_micros":null,\#(rest),{"account":"acme/k/l","total_budget_micros":null,"#
      + #""daily_budget_micros":null,\#(rest)]}"# + "\n"
  }

  private static var today: String { Date.now.formatted(.iso8601.year().month().day()) }

  @Test func booksABidOnceAndForEver() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder()
      let days = [Self.today]
      let server = try ServerProcess(in: folder)
      let bid = try #require(try server.bid())
      #expect(bid.price == 2.5)
      #expect(bid.burl.hasPrefix("http://127.0.0.1:\(server.port)/n/"))
      #expect(try server.metrics()["nod_budget_reserved_micros"] == 2_500)
      #expect(try server.call(bid.nurl, price: "2").status == 204)
      #expect(try server.call(bid.burl, price: "2").status == 204)
      #expect(try server.call(bid.burl, price: "2").status == 204)
      #expect(try server.call(bid.lurl, price: "2").status == 204)
      #expect(try server.notices("billing", "booked") == 1)
      #expect(try server.notices("billing", "duplicate") == 1)
      #expect(try server.notices("loss", "counted") == 1)
      #expect(try server.spendMicros() == 2_000)
      #expect(try server.metrics()["nod_budget_reserved_micros"] == 0)
      #expect(try server.stop() == 0)

      let verified = try NodProcess.run(["ledger", "verify", "--json", "data"], in: folder)
      #expect(verified.status == 0)
      #expect(verified.errors == "")
      #expect((days + [Self.today]).map(Self.golden).contains(verified.output))
      let table = try NodProcess.run(["ledger", "verify", "data"], in: folder)
      #expect(table.output.contains("acme/k/l  USD     unlimited"))

      let again = try ServerProcess(in: folder)
      #expect(try again.call(bid.burl, price: "2").status == 204)
      #expect(try again.notices("billing", "duplicate") == 1)
      #expect(try again.spendMicros() == 2_000)
      try again.kill()
      let after = try NodProcess.run(["ledger", "verify", "data"], in: folder)
      #expect(after.status == 0)
    }
  }

  @Test func refusesWhatItHasNotSigned() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder()
      let server = try ServerProcess(in: folder)
      let bid = try #require(try server.bid())
      let query = try #require(bid.burl.firstIndex(of: "?"))
      let last = bid.burl.index(before: query)
      var forged = bid.burl
      forged.replaceSubrange(last..<query, with: bid.burl[last] == "A" ? "B" : "A")
      #expect(try server.call(forged).status == 403)
      #expect(try server.call(bid.nurl.replacing("/n/w/", with: "/n/b/")).status == 403)
      #expect(try server.notices("billing", "forged") == 2)
      #expect(try server.spendMicros() == 0)
      #expect(try server.stop() == 0)

      try FileManager.default.removeItem(at: folder.url.appendingPathComponent("notice.key"))
      let rotated = try ServerProcess(in: folder)
      #expect(try rotated.call(bid.burl).status == 403)
      #expect(try rotated.call(#require(try rotated.bid()).burl).status == 204)
      #expect(try rotated.stop() == 0)
    }
  }

  @Test func redirectsClicksAndCountsPixels() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: MoneySamples.folder())
      let bid = try #require(try server.bid())
      let urls = bid.markupURLs
      try #require(urls.count == 2)
      let click = try server.call(urls[0])
      #expect(click.status == 302)
      #expect(click.header("Location") == "https://acme.example/landing")
      #expect(try server.call(urls[1]).status == 204)
      #expect(try server.spendMicros() == 0)
      #expect(try server.stop() == 0)
    }
  }

  @Test func spendsNothingForATest() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: MoneySamples.folder(budget: "{total_micros: 2500}"))
      for _ in 0..<3 {
        let bid = try #require(try server.bid(isTest: true))
        #expect(try server.call(bid.burl).status == 204)
      }
      #expect(try server.notices("billing", "test") == 3)
      #expect(try server.metrics()["nod_budget_reserved_micros"] == 0)
      #expect(try server.spendMicros() == 0)
      #expect(try server.bid() != nil)
      #expect(try server.stop() == 0)
    }
  }

  @Test func billsOnTheEventOfTheExchange() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder()
      let text = MoneySamples.configuration().replacing(
        "notice_window: 60s", with: "notice_window: 60s, bill_on: nurl, send_exp: true")
      try folder.write(text, to: "nod.yaml")
      let server = try ServerProcess(in: folder)
      let answer = try server.post(MoneySamples.request())
      #expect(answer.text.contains(#""exp":60"#))
      let bid = try #require(MadeBid(answer))
      #expect(try server.call(bid.burl).status == 204)
      #expect(try server.spendMicros() == 0)
      #expect(try server.call(bid.nurl).status == 204)
      #expect(try server.spendMicros() == 2_500)
      #expect(try server.stop() == 0)
    }
  }
}
