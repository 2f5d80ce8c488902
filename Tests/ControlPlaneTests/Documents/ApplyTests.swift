import CampaignDocuments
import Foundation
import Support
import Testing

@testable import ControlPlane

@Suite struct ApplyTests {
  /// The sample is seven objects.
  @Test(arguments: [
    ("", 7, false), ("?max_changes=7", 7, false), ("?max_changes=6", 6, true),
    ("?max_changes=0", 0, true),
  ])
  func listsSoManyChangesAndCountsAll(
    _ query: String, _ count: Int, _ isTruncated: Bool
  ) async throws {
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      let answer = try client.apply(DocumentSamples.advertiser(), query)
      #expect(answer.list("changes").count == count)
      #expect(answer.json["truncated"] as? Bool == isTruncated)
      #expect((answer.json["summary"] as? [String: Int])?["created"] == 7)
      #expect(try client.apply(DocumentSamples.advertiser(), "?max_changes=-1").status == 400)
    }
  }

  @Test func appliesADocumentAndTellsWhatChanged() async throws {
    let rig = try ControlRig()
    try await rig.serve { [parts = rig.parts] port in
      var client = try DocumentClient(port: port)
      let first = try client.apply(DocumentSamples.advertiser())
      #expect(first.status == 200, "\(first.text)")
      #expect(first.json["summary"] as? [String: Int] == Self.summary(created: 7))
      #expect(first.json["validate_only"] as? Bool == false)
      #expect(parts.advertisers.value.map { $0.id } == ["acme"])
      let second = try client.apply(DocumentSamples.advertiser(daily: 60_000_000))
      #expect(second.json["summary"] as? [String: Int] == Self.summary(updated: 1, unchanged: 6))
      let change = try #require(second.list("changes").first)
      #expect(change["path"] as? String == "acme/spring")
      #expect(change["kind"] as? String == "campaign")
      let field = try #require((change["fields"] as? [[String: Any]])?.first)
      #expect(field["pointer"] as? String == "/budget/daily_micros")
      #expect(field["before"] as? Int == 50_000_000)
      #expect(field["after"] as? Int == 60_000_000)
      #expect(
        parts.advertisers.value.first?.campaigns.first { $0.id == "spring" }?.budget.dailyMicros
          == 60_000_000)
    }
  }

  private static func summary(
    created: Int = 0, updated: Int = 0, deleted: Int = 0, unchanged: Int = 0
  ) -> [String: Int] {
    ["created": created, "updated": updated, "deleted": deleted, "unchanged": unchanged]
  }

  @Test func changesNothingTwice() async throws {
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      _ = try client.apply(DocumentSamples.advertiser())
      let again = try client.apply(DocumentSamples.advertiser())
      #expect(again.json["summary"] as? [String: Int] == Self.summary(unchanged: 7))
      #expect(again.list("changes").isEmpty)
      let history = try client.send("GET", "/v1/advertisers/acme/campaigns/spring/history")
      #expect(history.list("items").count == 1)
    }
  }

  @Test func checksEverythingAndChangesNothingOnRequest() async throws {
    let rig = try ControlRig()
    try await rig.serve { [parts = rig.parts] port in
      var client = try DocumentClient(port: port)
      let answer = try client.apply(DocumentSamples.advertiser(), "?validate_only=true")
      #expect(answer.json["validate_only"] as? Bool == true)
      #expect(answer.json["summary"] as? [String: Int] == Self.summary(created: 7))
      #expect(parts.advertisers.value.isEmpty)
      #expect(try client.send("GET", "/v1/advertisers/acme").status == 404)
    }
  }

  @Test func deletesWhatADocumentDropsAndLeavesOthersAlone() async throws {
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      _ = try client.apply(DocumentSamples.advertiser())
      _ = try client.apply(DocumentSamples.advertiser("globex"))
      let answer = try client.apply("advertisers: [{id: acme, domain: acme.example}]")
      #expect(answer.json["summary"] as? [String: Int] == Self.summary(deleted: 6, unchanged: 1))
      #expect(try client.send("GET", "/v1/advertisers/acme/line-items/x").status == 404)
      #expect(try client.send("GET", "/v1/advertisers/globex/line-items/x").status == 200)
    }
  }

  @Test(arguments: [
    ("advertisers: [", 400, ""),
    ("{\"advertisers\": [}", 400, ""),
    ("advertisers: [{id: a, domain: a.example, nmae: x}]", 422, "/advertisers/0/nmae"),
    ("advertisers: [{id: a}]", 422, "/advertisers/0"),
    ("campaigns: []", 422, "/campaigns"),
    (
      "advertisers: [{id: a, domain: a.example}, {id: a, domain: a.example}]", 422,
      "/advertisers/1/id"
    ),
  ])
  func refusesADocumentWithThePlace(_ document: String, _ status: Int, _ pointer: String)
    async throws
  {
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      let answer = try client.apply(document)
      #expect(answer.status == status, "\(answer.text)")
      #expect(answer.header("Content-Type") == "application/problem+json")
      #expect(answer.pointers.contains(pointer), "\(answer.text)")
      #expect(answer.list("errors").allSatisfy { $0["line"] is Int }, "\(answer.text)")
    }
  }

  @Test(arguments: [
    ("application/json", 400), ("application/yaml", 200), ("text/x-yaml; charset=utf-8", 200),
    ("text/plain", 200), ("application/octet-stream", 200),
    ("application/x-www-form-urlencoded", 200), ("image/png", 415),
    ("multipart/form-data; boundary=x", 415),
  ])
  func takesWhatMayBeADocument(_ type: String, _ status: Int) async throws {
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      let answer = try client.send(
        "POST", "/v1/apply", DocumentSamples.advertiser(), ["Content-Type: \(type)"])
      #expect(answer.status == status, "\(answer.text)")
    }
  }

  @Test func saysWhatIsStoredWhenItCannotBePutInForce() async throws {
    struct Stopped: Error {}
    let port = DocumentPort(publish: { _ in throw Stopped() })
    let rig = try ControlRig(documents: port)
    try await rig.serve { [parts = rig.parts] port in
      var client = try DocumentClient(port: port)
      for _ in 0..<2 {
        let answer = try client.apply(DocumentSamples.advertiser())
        #expect(answer.status == 503)
        #expect((answer.json["detail"] as? String)?.contains("is stored") == true)
      }
      #expect(parts.advertisers.value.isEmpty)
      #expect(try client.send("GET", "/v1/advertisers/acme").status == 200)
    }
  }
}
