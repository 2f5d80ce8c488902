import Foundation
import Support
import Testing

/// Why a line item does not run, asked of a running server.
@Suite(.timeLimit(.minutes(10)))
struct WhyNotTests {
  private static func lineItem(
    _ id: String, micros: Int = 2_000_000, _ more: String = ""
  ) -> String {
    "{id: \(id), bid: {model: cpm, amount_micros: \(micros)}, creatives: [c]\(more)}"
  }

  private static func advertiser(_ id: String, _ lineItems: [String]) -> String {
    """
      - id: \(id)
        domain: \(id).example
        creatives:
          - {id: c, format: banner, w: 300, h: 250, markup: <b>\(id)</b>,
             landing_url: "https://\(id).example/"}
        campaigns:
          - id: k
            budget: {total_micros: 1000000000}
            line_items: [\(lineItems.joined(separator: ", "))]

    """
  }

  private static func server() throws -> ServerProcess {
    let folder = try TemporaryFolder()
    try folder.write(ServingSamples.configuration, to: "nod.yaml")
    let own = [
      lineItem("paused", ", status: paused"),
      lineItem("buyers", #", targeting: {audience: {any: ["aam:24"]}}"#),
      lineItem("cheap", micros: 10_000),
      lineItem("poor", ", budget: {total_micros: 1}"),
      lineItem("runs"),
    ]
    try folder.write(
      "advertisers:\n" + advertiser("acme", own)
        + advertiser(
          "rival", [lineItem("x", micros: 2_500_000, ", targeting: {os: {include: [iOS]}}")]),
      to: "acme.yaml")
    return try ServerProcess(in: folder)
  }

  private static func lineItem(_ id: String, _ more: String) -> String {
    lineItem(id, micros: 3_000_000, more)
  }

  private static func request(_ number: Int, os: String = "Android") -> String {
    """
    {"id":"r\(number)","tmax":5000,"imp":[{"id":"1","banner":{"w":300,"h":250},"bidfloor":0.5}],\
    "site":{"domain":"news.example"},"device":{"os":"\(os)"},"user":{"buyeruid":"u\(number)"}}
    """
  }

  private func ask(
    _ server: ServerProcess, key: String, _ method: String, _ path: String, _ body: String? = nil,
    status: Int = 200
  ) throws -> [String: Any] {
    var client = try TestClient(port: server.controlPort)
    let answer = try client.request(
      method, path, headers: ["Authorization: Bearer \(key)"], body: body.map { Array($0.utf8) })
    #expect(answer.status == status, "\(answer.text)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
  }

  private func token(_ server: ServerProcess) throws -> String {
    try String(contentsOfFile: server.folder.path("control.token"), encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test func saysForEachLineItemWhereItsRequestsFall() throws {
    let server = try Self.server()
    let token = try token(server)
    let none = try ask(
      server, key: token, "GET", "/v1/advertisers/acme/line-items/paused/funnel")
    #expect((none["verdict"] as? String)?.hasPrefix("The line item is paused") == true)
    #expect((none["verdict"] as? String)?.contains("No request has come in since") == true)
    for number in 0..<40 { _ = try server.post(Self.request(number)) }
    let stages = [
      ("paused", "inactive"), ("buyers", "audience"), ("cheap", "floor"), ("poor", "budget"),
    ]
    for (lineItem, stage) in stages {
      let funnel = try ask(
        server, key: token, "GET", "/v1/advertisers/acme/line-items/\(lineItem)/funnel")
      #expect(funnel["requests"] as? Int == 40, "\(funnel)")
      #expect(funnel["bids"] as? Int == 0)
      let found = try #require(funnel["stages"] as? [[String: Any]])
      #expect(found.map { $0["stage"] as? String } == [stage], "\(lineItem)")
      #expect(found.map { $0["refused"] as? Int } == [40])
      #expect(
        (funnel["verdict"] as? String)?.contains("100 % of requests fell at `\(stage)`") == true)
    }
    let runs = try ask(server, key: token, "GET", "/v1/advertisers/acme/line-items/runs/funnel")
    let bids = try #require(runs["bids"] as? Int)
    #expect(runs["requests"] as? Int == 40)
    // The first requests may have come before its first grant.
    #expect(bids > 0)
    let counted = try server.metrics()[#"nod_bids_total{exchange="example"}"#]
    #expect(counted == Double(bids))
    _ = try ask(
      server, key: token, "GET", "/v1/advertisers/acme/line-items/none/funnel", status: 404)
    #expect(try server.stop() == 0)
  }

  @Test func explainsByTheSnapshotsInForceAndSpendsNothing() throws {
    let server = try Self.server()
    let token = try token(server)
    // Until there is escrow for both.
    for os in ["Android", "iOS"] {
      var number = 0
      try server.wait(for: "a bid") {
        number += 1
        return try server.post(Self.request(number, os: os)).status == 200
      }
    }
    let before = try server.metrics()["nod_budget_reserved_micros"]
    let all = try ask(
      server, key: token, "POST", "/v1/explain/example", Self.request(1, os: "iOS"))
    #expect(Self.verdicts(all)["rival/k/x"] == "2.5")
    #expect(Self.verdicts(all)["acme/k/runs"] == "outbid")
    let scoped = try ask(
      server, key: token, "POST", "/v1/keys",
      #"{"name":"acme","role":"viewer","advertisers":["acme"]}"#, status: 201)
    let key = try #require(scoped["key"] as? String)
    var answers: [String] = []
    for os in ["iOS", "Android"] {
      let own = try ask(
        server, key: key, "POST", "/v1/explain/example", Self.request(1, os: os))
      #expect(
        Self.verdicts(own) == [
          "acme/k/paused": "inactive", "acme/k/buyers": "audience", "acme/k/cheap": "floor",
          "acme/k/poor": "budget", "acme/k/runs": "2.0",
        ])
      #expect(own["outcome"] as? String == "bid")
      answers.append("\(own)")
    }
    #expect(!answers.joined().contains("rival"))
    let after = try server.metrics()["nod_budget_reserved_micros"]
    #expect(after == before)
    _ = try ask(server, key: token, "POST", "/v1/explain/example", "{}", status: 400)
    _ = try ask(server, key: token, "POST", "/v1/explain/none", "{}", status: 404)
    #expect(try server.stop() == 0)
  }

  /// The price or the reason of each line item at the first impression.
  private static func verdicts(_ report: [String: Any]) -> [String: String] {
    var verdicts: [String: String] = [:]
    for line in report["line_items"] as? [[String: Any]] ?? [] {
      let first = (line["impressions"] as? [[String: Any]])?.first ?? [:]
      verdicts[line["line_item"] as? String ?? ""] =
        first["refused"] as? String ?? (first["bid"] as? Double).map { "\($0)" }
    }
    return verdicts
  }
}
