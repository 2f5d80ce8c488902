import Foundation
import Support
import Testing

/// Documents that come over the API to a real server: in force when answered, there at the next
/// start, and weaker than the configuration.
@Suite(.timeLimit(.minutes(10))) struct DocumentServerTests {
  private static let campaign = "/v1/advertisers/acme/campaigns/k"

  @Test func bidsNoMoreOnceALoweredBudgetIsAnswered() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: try MoneySamples.folder())
      _ = try server.waitForBid()
      let lowered = try server.control(
        "PUT", Self.campaign, #"{"budget":{"total_micros":0}}"#)
      #expect(lowered.status == 200, "\(lowered.text)")
      #expect(try server.refusal() == "budget")
      let raised = try server.control(
        "PATCH", Self.campaign, #"{"budget":{"total_micros":1000000}}"#)
      #expect(raised.status == 200)
      _ = try server.waitForBid()
      #expect(try server.control("PATCH", Self.campaign, #"{"status":"paused"}"#).status == 200)
      #expect(try server.refusal() != nil)
      #expect(try server.stop() == 0)
    }
  }

  @Test func bidsForAnAdvertiserThatWasApplied() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder()
      try folder.write(
        MoneySamples.configuration().replacingOccurrences(of: "[acme.yaml]", with: "[]"),
        to: "nod.yaml")
      let first = try ServerProcess(in: folder)
      #expect(try first.refusal() != nil)
      let document = try String(contentsOfFile: folder.path("acme.yaml"), encoding: .utf8)
      #expect(try first.control("POST", "/v1/apply", document).status == 200)
      _ = try first.waitForBid()
      #expect(try first.stop() == 0)
      try folder.write(MoneySamples.request(), to: "request.json")
      let explained = try NodProcess.run(
        ["explain", "--config", "nod.yaml", "--exchange", "example", "request.json"], in: folder)
      #expect(explained.output.contains("acme/k/l  bids 2.5 USD"), "\(explained.output)")
      let second = try ServerProcess(in: folder)
      _ = try second.waitForBid()
      #expect(try second.control("DELETE", "/v1/advertisers/acme").status == 204)
      #expect(try second.refusal() != nil)
      #expect(try second.stop() == 0)
      let third = try ServerProcess(in: folder)
      #expect(try third.refusal() != nil)
      #expect(try third.control("GET", "/v1/advertisers").list("items").isEmpty)
      #expect(try third.stop() == 0)
    }
  }

  @Test func theConfigurationWinsAtTheNextStart() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder()
      let first = try ServerProcess(in: folder)
      let answer = try first.control("PATCH", Self.campaign, #"{"status":"paused"}"#)
      #expect(answer.json["version"] as? Int == 2)
      #expect(try first.refusal() != nil)
      #expect(try first.stop() == 0)
      let second = try ServerProcess(in: folder)
      _ = try second.waitForBid()
      let history = try second.control("GET", "\(Self.campaign)/history").list("items")
      #expect(history.compactMap { $0["version"] as? Int } == [3, 2, 1])
      #expect(
        history.compactMap { $0["by"] as? String } == [
          "configuration", "token-file", "configuration",
        ])
      #expect(try second.stop() == 0)
      let third = try ServerProcess(in: folder)
      #expect(try third.control("GET", Self.campaign).json["version"] as? Int == 3)
      #expect(try third.stop() == 0)
      #expect(try NodProcess.run(["audit", "verify", "data"], in: folder).status == 0)
    }
  }

  @Test func withdrawsWhatOnlyTheConfigurationMade() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder()
      let other = try String(contentsOfFile: folder.path("acme.yaml"), encoding: .utf8)
        .replacingOccurrences(of: "id: acme", with: "id: globex")
      try folder.write(other, to: "globex.yaml")
      let both = MoneySamples.configuration().replacingOccurrences(
        of: "[acme.yaml]", with: "[acme.yaml, globex.yaml]")
      try folder.write(both, to: "nod.yaml")
      let server = try ServerProcess(in: folder)
      #expect(
        try server.control("PATCH", "/v1/advertisers/globex", #"{"name":"Globex"}"#).status == 200)
      try folder.write(
        both.replacingOccurrences(of: "[acme.yaml, globex.yaml]", with: "[]"), to: "nod.yaml")
      try server.reload()
      #expect(try server.control("GET", "/v1/advertisers/acme").status == 404)
      #expect(
        try server.control("GET", "/v1/advertisers/globex").json["name"] as? String == "Globex")
      let history = try server.control("GET", "/v1/advertisers/acme/history").list("items")
      #expect(history.first?["action"] as? String == "delete")
      #expect(history.first?["key_id"] as? String == "configuration")
      #expect(try server.stop() == 0)
      let second = try ServerProcess(in: folder)
      #expect(try second.control("GET", "/v1/advertisers/acme").status == 404)
      #expect(try second.control("GET", "/v1/advertisers/globex/line-items/l").status == 200)
      _ = try second.waitForBid()
      #expect(try second.stop() == 0)
    }
  }

  @Test func fixesTheCurrencyAfterTheFirstSpend() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: try MoneySamples.folder())
      let patch = #"{"currency":"EUR"}"#
      let early = try server.control("PATCH", "/v1/advertisers/acme?validate_only=true", patch)
      #expect(early.status == 200, "\(early.text)")
      #expect(try server.call(try server.waitForBid().burl).status == 204)
      let late = try server.control("PATCH", "/v1/advertisers/acme", patch)
      #expect(late.status == 422)
      #expect(late.list("errors").first?["pointer"] as? String == "/currency")
      #expect(try server.stop() == 0)
    }
  }

  @Test func keepsAnAdvertiserThatASourceBelongsTo() async throws {
    try await onOwnThread {
      let folder = try MoneySamples.folder()
      try folder.write(
        MoneySamples.configuration() + """

          audience:
            sources:
              - {name: own, format: adobe-outbound, id_space: nod, segment_prefix: "o:",
                 advertiser: acme}
          """, to: "nod.yaml")
      let server = try ServerProcess(in: folder)
      let answer = try server.control("DELETE", "/v1/advertisers/acme")
      #expect(answer.status == 409)
      #expect(answer.text.contains("audience source `own`"))
      #expect(try server.stop() == 0)
    }
  }
}
