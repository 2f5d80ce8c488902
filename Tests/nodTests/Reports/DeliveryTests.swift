import Foundation
import Support
import Testing

/// Reports of a real server, held against what happened and against the ledger.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct DeliveryTests {
  private static let all = "advertiser,campaign,line_item,creative,exchange,size,hour,day"

  @Test func countsABidFromItsRequestToItsClick() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder(budget: "{total_micros: 1000000000}")
      let server = try ServerProcess(in: folder)
      let bid = try #require(try server.bid())
      for _ in 0..<2 {
        #expect(try server.call(bid.nurl, price: "2").status == 204)
        #expect(try server.call(bid.burl, price: "2").status == 204)
        #expect(try server.call(bid.markupURLs[0]).status == 302)
      }
      let lost = try #require(try server.bid())
      #expect(try server.call(lost.lurl).status == 204)
      let test = try #require(try server.bid(isTest: true))
      #expect(try server.call(test.burl).status == 204)

      let statement = try server.completeDelivery(Self.all)
      try #require(statement.rows.count == 1)
      let row = statement.rows[0]
      let names = [
        row.advertiser, row.campaign, row.lineItem, row.creative, row.exchange, row.size,
      ].compactMap { $0 }
      #expect(names == ["acme", "k", "l", "c", "example", "300x250"])
      #expect(row.day == Date.now.formatted(.iso8601.year().month().day()))
      #expect(row.hour?.hasSuffix(":00:00Z") == true)
      #expect(row.bids == 2)
      #expect(row.wins == 1)
      #expect(row.impressions == 1)
      #expect(row.clicks == 1)
      #expect(row.spendMicros == 2_000)
      #expect(row.lateMicros == 0)
      #expect(row.cpmMicros == 2_000_000)
      #expect(row.ctr == 1)
      #expect(row.winRate == 0.5)
      #expect(row.currency == "USD")
      #expect(statement.totals.count == 1)
      #expect(statement.totals[0].spendMicros == 2_000)

      let table = try server.ask("/v1/reports/delivery?group_by=line_item&format=csv")
      #expect(table.header("Content-Type")?.hasPrefix("text/csv") == true)
      #expect(table.text.hasPrefix("line_item,currency,requests_matched,bids,wins,"))
      #expect(table.text.hasSuffix("\r\n"))
      #expect(try server.stop() == 0)
    }
  }

  @Test func countsRequestsThatALineItemMatched() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: MoneySamples.folder())
      for _ in 0..<3 { _ = try server.bid() }
      var matched: Int?
      try server.wait(for: "matched requests") {
        matched = try server.delivery("line_item").rows.first?.requestsMatched
        return matched == 3
      }
      let byCreative = try server.completeDelivery("creative").rows
      #expect(byCreative.count == 1)
      #expect(byCreative.allSatisfy { $0.requestsMatched == nil })
      #expect(try server.stop() == 0)
    }
  }

  @Test func showsACampaignsPace() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder(
        budget: "{daily_micros: 8640000}", lineItem: "pacing: even")
      let server = try ServerProcess(in: folder)
      let bid = try server.waitForBid()
      #expect(try server.call(bid.burl, price: "1").status == 204)
      let row = try #require(try server.completeDelivery("campaign,day").rows.first)
      #expect(row.spendMicros == 1_000)
      let passed = Date.now.timeIntervalSince1970.truncatingRemainder(dividingBy: 86_400)
      let planned = try #require(row.plannedMicros)
      #expect(abs(Double(planned) - passed * 100) < 60 * 100)
      let answer = try server.ask("/v1/advertisers/acme/campaigns/k/pacing")
      #expect(answer.status == 200)
      #expect(answer.text.contains(#""currency":"USD""#))
      #expect(answer.text.contains(#""spent_micros":1000"#))
      #expect(try server.ask("/v1/advertisers/acme/campaigns/none/pacing").status == 404)
      #expect(try server.stop() == 0)
    }
  }

  /// The server is killed again and again while notices come; also in euros, late and doubled.
  @Test func equalsTheLedgerToTheMicroAfterKills() async throws {
    try await onOwnThread {
      let hour = Calendar.current.component(.hour, from: .now)
      let rig = try MoneyRig(plan: .kills(hourOfDay: hour), seed: 20_261_124)
      for round in 0..<6 {
        let server = try rig.start()
        try rig.run(port: server.port, until: .serverGone) {
          Foundation.Thread.sleep(forTimeInterval: 1 + 0.5 * Double(round))
          server.send(SIGKILL)
        }
        #expect(try server.waitUntilExit() == -SIGKILL)
        for teller in rig.tellers { teller.withBook { $0.repeatBillings(atMost: 30) } }
      }
      let server = try rig.start()
      #expect(try rig.run(port: server.port, until: .allAnswered).isEmpty)
      let campaigns = try server.completeDelivery("advertiser,campaign")
      let lineItems = try server.delivery("line_item,campaign,advertiser")
      let byHour = try server.delivery("advertiser,exchange,size,hour,day")
      #expect(try server.stop() == 0)
      let ledger = try rig.report()
      #expect(ledger.ok)
      var checked = 0
      for row in campaigns.rows + lineItems.rows {
        let names = [row.advertiser, row.campaign, row.lineItem].compactMap { $0 }
        let account = try #require(ledger.account(names.joined(separator: "/")))
        #expect(row.spendMicros == account.settledMicros, "\(account.account)")
        #expect(row.lateMicros == account.lateMicros, "\(account.account)")
        #expect(row.impressions == account.notices, "\(account.account)")
        checked += account.notices > 0 ? 1 : 0
      }
      #expect(checked >= 10)
      let spent = ledger.accounts.filter { $0.notices > 0 }
      #expect(checked == spent.count)
      let currencies = campaigns.totals.map(\.currency)
      #expect(currencies == ["EUR", "USD"])
      let (ofHours, ofCampaigns) = (byHour.totals, campaigns.totals)
      #expect(ofHours.map(\.spendMicros) == ofCampaigns.map(\.spendMicros))
      let booked = rig.bids().count { $0.booked != nil }
      let impressions = byHour.totals.reduce(0) { $0 + $1.impressions }
      #expect(impressions == booked)
    }
  }
}
