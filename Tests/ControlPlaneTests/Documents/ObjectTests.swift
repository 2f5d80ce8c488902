import Foundation
import Support
import Testing

@testable import ControlPlane

@Suite struct ObjectTests {
  private static let base = "/v1/advertisers/acme"

  /// Runs a body against a server that has the sample.
  private func withSample(
    _ body: @escaping @Sendable (inout DocumentClient) throws -> Void
  ) async throws {
    try await ControlRig().serve { port in
      var client = try DocumentClient(port: port)
      #expect(try client.apply(DocumentSamples.advertiser()).status == 200)
      try body(&client)
    }
  }

  @Test func showsObjectsWithTheirVersions() async throws {
    try await withSample { client in
      let item = try client.send("GET", "\(Self.base)/line-items/x")
      #expect(item.status == 200)
      #expect(item.header("ETag") == "\"1\"")
      #expect(item.json["id"] as? String == "x")
      #expect(item.json["campaign"] as? String == "spring")
      #expect(item.json["advertiser"] as? String == "acme")
      #expect(item.json["version"] as? Int == 1)
      #expect(item.json["updated_by"] as? String == "token-file")
      #expect((item.json["updated_at"] as? String)?.hasSuffix("Z") == true)
      let advertiser = try client.send("GET", Self.base)
      #expect(advertiser.json["advertiser"] == nil)
      #expect(advertiser.json["campaigns"] == nil)
      let tree = try client.send("GET", "\(Self.base)?depth=all")
      #expect(tree.list("creatives").compactMap { $0["id"] as? String } == ["c", "d"])
      let campaigns = tree.list("campaigns")
      #expect(campaigns.compactMap { $0["id"] as? String } == ["autumn", "spring"])
      #expect((campaigns[1]["line_items"] as? [[String: Any]])?.first?["id"] as? String == "x")
    }
  }

  @Test func takesBackWhatItShowed() async throws {
    try await withSample { client in
      for path in [
        "", "?depth=all", "/campaigns/spring", "/campaigns/spring?depth=all",
        "/line-items/x", "/creatives/c",
      ] {
        let shown = try client.send("GET", Self.base + path)
        let target = String((Self.base + path).prefix { $0 != "?" })
        let answer = try client.send("PUT", target, shown.text)
        #expect(answer.status == 200, "\(path): \(answer.text)")
        #expect(answer.json["version"] as? Int == 1, "\(path)")
      }
      #expect(try client.send("GET", "\(Self.base)/line-items/x").json["version"] as? Int == 1)
    }
  }

  @Test func patchesAndDeletes() async throws {
    try await withSample { client in
      let path = "\(Self.base)/campaigns/spring"
      let patched = try client.send(
        "PATCH", path, #"{"budget":{"daily_micros":7},"status":"paused"}"#)
      #expect(patched.status == 200, "\(patched.text)")
      #expect(patched.header("ETag") == "\"2\"")
      #expect((patched.json["budget"] as? [String: Int]) == ["daily_micros": 7])
      #expect(try client.send("DELETE", path).status == 204)
      #expect(try client.send("GET", path).status == 404)
      #expect(try client.send("GET", "\(Self.base)/line-items/x").status == 404)
      #expect(try client.send("DELETE", path).status == 404)
      let history = try client.send("GET", "\(path)/history").list("items")
      #expect(history.compactMap { $0["action"] as? String } == ["delete", "update", "create"])
      #expect(history.compactMap { $0["version"] as? Int } == [3, 2, 1])
    }
  }

  @Test func restoresAnOlderVersion() async throws {
    try await withSample { client in
      let path = "\(Self.base)/line-items/x"
      _ = try client.send("PATCH", path, #"{"bid":{"amount_micros":9}}"#)
      let answer = try client.send("POST", "\(path)/restore", #"{"version":1}"#)
      #expect(answer.status == 200, "\(answer.text)")
      #expect(answer.json["version"] as? Int == 3)
      #expect((answer.json["bid"] as? [String: Any])?["amount_micros"] as? Int == 2_500_000)
      #expect(try client.send("DELETE", path).status == 204)
      #expect(try client.send("POST", "\(path)/restore", #"{"version":3}"#).status == 200)
      #expect(try client.send("GET", path).json["version"] as? Int == 5)
      #expect(try client.send("POST", "\(path)/restore", #"{"version":4}"#).status == 422)
      #expect(try client.send("POST", "\(path)/restore", #"{"version":99}"#).status == 404)
      let newest = try client.send("GET", "\(path)/history").list("items").first
      #expect(newest?["action"] as? String == "restore")
    }
  }

  @Test(arguments: [
    (
      "line-items/x", #"{"bid":{"model":"cpm","amount_micros":-1},"creatives":["c"]}"#,
      "/bid/amount_micros"
    ),
    (
      "line-items/x", #"{"bid":{"model":"cpm","amount_micros":1},"creatives":["zz"]}"#,
      "/creatives/0"
    ),
    (
      "line-items/x", #"{"campaign":"autumn","bid":{"model":"cpm","amount_micros":1}}"#,
      "/campaign"
    ),
    ("line-items/new", #"{"bid":{"model":"cpm","amount_micros":1},"creatives":["c"]}"#, ""),
    (
      "line-items/new", #"{"campaign":"none","bid":{"model":"cpm","amount_micros":1}}"#,
      "/campaign"
    ),
    ("line-items/x", #"{"id":"y"}"#, "/id"),
    ("campaigns/spring", #"{"buget":{}}"#, "/buget"),
    (
      "campaigns/spring", #"{"budget":{"daily_micros":1},"line_items":[{"id":"q"}]}"#,
      "/line_items/0"
    ),
    ("creatives/c", #"{"format":"banner","w":0}"#, "/w"),
    ("creatives/bad%20id", #"{"format":"banner"}"#, "/id"),
    ("campaigns/spring", "[]", ""),
  ])
  func refusesWithAPointerIntoTheBody(_ path: String, _ body: String, _ pointer: String)
    async throws
  {
    try await withSample { client in
      let answer = try client.send("PUT", "\(Self.base)/\(path)", body)
      #expect(answer.status == 422, "\(answer.text)")
      #expect(answer.pointers.contains(pointer), "\(answer.text)")
    }
  }

  @Test func keepsWhatIsInUse() async throws {
    try await withSample { client in
      let answer = try client.send("DELETE", "\(Self.base)/creatives/d")
      #expect(answer.status == 409)
      #expect(answer.text.contains("line item `y`"))
    }
  }
}
