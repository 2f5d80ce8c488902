import Foundation
import Support
import Testing

@testable import ControlPlane

@Suite struct DocumentListTests {
  @Test func pagesThroughALargeListInOrder() async throws {
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      let creatives = (0..<25).map { number in
        "{id: c\(number + 10), format: banner, w: 1, h: 1, markup: x, "
          + "landing_url: 'https://a.example/'}"
      }
      _ = try client.apply(
        "advertisers: [{id: acme, domain: acme.example, creatives: "
          + "[\(creatives.joined(separator: ", "))]}]")
      var found: [String] = []
      var token: String?
      repeat {
        let query = token.map { "&page_token=\($0)" } ?? ""
        let page = try client.send(
          "GET", "/v1/advertisers/acme/creatives?page_size=10\(query)")
        #expect(page.status == 200, "\(page.text)")
        found += page.list("items").compactMap { $0["id"] as? String }
        token = page.json["next_page_token"] as? String
      } while token != nil
      #expect(found == (10..<35).map { "c\($0)" })
    }
  }

  @Test(arguments: [
    ("line-items?campaign=spring", ["x"]), ("line-items?campaign=none", []),
    ("line-items?status=active", ["x", "y"]), ("campaigns?status=paused", ["autumn"]),
    ("campaigns?status=active", ["spring"]), ("line-items?campaign=autumn&status=paused", []),
    ("creatives?status=active", ["c", "d"]),
  ])
  func filters(_ path: String, _ ids: [String]) async throws {
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      _ = try client.apply(DocumentSamples.advertiser())
      _ = try client.apply(DocumentSamples.advertiser("globex"))
      let page = try client.send("GET", "/v1/advertisers/acme/\(path)")
      #expect(page.list("items").compactMap { $0["id"] as? String } == ids)
      #expect(page.list("items").allSatisfy { $0["advertiser"] as? String == "acme" })
    }
  }

  @Test(arguments: [
    ("/v1/advertisers/acme/line-items?page_size=0", 400),
    ("/v1/advertisers/acme/line-items?page_size=1001", 400),
    ("/v1/advertisers/acme/line-items?page_token=%21", 400),
    ("/v1/advertisers/acme/campaigns/spring/history?page_token=eA%3D%3D", 400),
    ("/v1/advertisers/acme/campaigns?status=gone", 400),
    ("/v1/advertisers/acme?depth=some", 400), ("/v1/advertisers/none/campaigns", 404),
    ("/v1/advertisers/acme/campaigns/none/history", 404),
    ("/v1/advertisers/none/history", 404),
  ])
  func refuses(_ path: String, _ status: Int) async throws {
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      _ = try client.apply(DocumentSamples.advertiser())
      #expect(try client.send("GET", path).status == status)
    }
  }

  @Test func pagesThroughHistoryFromTheNewest() async throws {
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      _ = try client.apply(DocumentSamples.advertiser())
      let path = "/v1/advertisers/acme/campaigns/spring"
      for budget in 1...4 {
        _ = try client.send("PATCH", path, #"{"budget":{"daily_micros":\#(budget)}}"#)
      }
      let first = try client.send("GET", "\(path)/history?page_size=3")
      #expect(first.list("items").compactMap { $0["version"] as? Int } == [5, 4, 3])
      let token = try #require(first.json["next_page_token"] as? String)
      let second = try client.send("GET", "\(path)/history?page_size=3&page_token=\(token)")
      #expect(second.list("items").compactMap { $0["version"] as? Int } == [2, 1])
      #expect(second.json["next_page_token"] == nil)
      let newest = try #require(first.list("items").first)
      let budgets = ["before", "after"].map { side in
        ((newest[side] as? [String: Any])?["budget"] as? [String: Int])?["daily_micros"]
      }
      #expect(budgets == [3, 4])
      #expect(newest["by"] as? String == "token-file")
      #expect(newest["key_id"] as? String == "token-file")
    }
  }
}
