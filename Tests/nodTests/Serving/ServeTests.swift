import Foundation
import Support
import Testing

@Suite struct ServeTests {
  /// The price of the only bid, or nil.
  private static func price(_ answer: TestAnswer) throws -> Double? {
    guard answer.status == 200 else { return nil }
    let response = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
    let seats = response?["seatbid"] as? [[String: Any]]
    let bids = seats?.first?["bid"] as? [[String: Any]]
    return bids?.first?["price"] as? Double
  }

  private static func bidsFor(_ server: ServerProcess, _ user: String) throws -> Bool {
    try server.post(ServingSamples.request(buyer: user)).status == 200
  }

  @Test func bidsForTheUsersOfADroppedFile() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: ServingSamples.folder())
      #expect(try server.status(of: "/healthz") == 200)
      var client = try TestClient(port: server.port)
      let ready = try client.request("GET", "/readyz")
      #expect(ready.status == 200)
      #expect(ready.text.contains("1"))
      let before = try server.post(ServingSamples.request(buyer: "user-1"))
      #expect(before.status == 204)
      #expect(before.header("X-Nod-Reason") == "audience")
      #expect(before.header("Connection") == nil)

      let name = ServingSamples.fileName(timestamp: 1_700_000_000_000)
      try server.drop("user-1 24,26\nuser-2 26\nbroken\n".utf8, as: name, source: "aam")
      let report = try server.waitForReport(of: name, source: "aam")
      #expect(report.status == "done")
      #expect(report.lines.received == 3)
      #expect(report.lines.stored == 2)
      try server.wait(seconds: Patience.promised(seconds: 2), for: "a bid") {
        try Self.bidsFor(server, "user-1")
      }
      let bid = try server.post(ServingSamples.request(buyer: "user-1"))
      #expect(try Self.price(bid) == 2.5)
      #expect(bid.header("Content-Type") == "application/json")
      #expect(bid.header("Server") == nil)
      #expect(try server.post(ServingSamples.request(buyer: "user-2")).status == 204)
      #expect(
        try server.post(ServingSamples.request(buyer: "user-2"), to: "quiet")
          .header("X-Nod-Reason") == nil)

      let optout = "optout_1.txt"
      try server.drop("nod:user-1\n".utf8, as: optout, source: "optout")
      #expect(try server.waitForReport(of: optout, source: "optout").status == "done")
      try server.wait(seconds: Patience.promised(seconds: 1), for: "the suppression") {
        try !Self.bidsFor(server, "user-1")
      }
      #expect(try server.stop() == 0)
    }
  }

  @Test func countsWhatItAnswers() async throws {
    try await onOwnThread {
      let server = try ServerProcess(in: ServingSamples.folder())
      let name = ServingSamples.fileName(timestamp: 1_700_000_000_000)
      try server.drop("user-1 24,26\n\n".utf8, as: name, source: "aam")
      _ = try server.waitForReport(of: name, source: "aam")
      try server.wait(seconds: Patience.promised(seconds: 2), for: "a bid") {
        try Self.bidsFor(server, "user-1")
      }
      let before = try server.metrics()
      for _ in 0..<5 { _ = try server.post(ServingSamples.request(buyer: "user-1")) }
      for _ in 0..<3 { _ = try server.post(ServingSamples.request(buyer: "user-9")) }
      for _ in 0..<2 { _ = try server.post("{") }
      let after = try server.metrics()
      func grown(_ series: String) -> Double { (after[series] ?? 0) - (before[series] ?? 0) }
      #expect(grown(#"nod_bid_requests_total{exchange="example"}"#) == 10)
      #expect(grown(#"nod_bids_total{exchange="example"}"#) == 5)
      #expect(grown(#"nod_no_bids_total{exchange="example",reason="audience"}"#) == 3)
      #expect(grown(#"nod_bid_request_errors_total{exchange="example",status="400"}"#) == 2)
      #expect(grown("nod_decision_duration_seconds_count") >= 8)
      #expect(after["nod_audience_users"] == 1)
      #expect(after["nod_audience_memberships"] == 2)
      #expect((after["nod_audience_bytes"] ?? 0) > 0)
      #expect((after["nod_audience_generation"] ?? 0) > 0)
      #expect(after[#"nod_upload_lines_total{source="aam",result="stored"}"#] == 1)
      #expect(after[#"nod_upload_lines_total{source="aam",result="empty"}"#] == 1)
      #expect(after.keys.contains { $0.hasPrefix("nod_build_info{version=") })
      #expect(after.keys.contains { $0.hasPrefix("nod_connections{state=") })
      #expect((after["process_resident_memory_bytes"] ?? 0) > 0)
      #expect(try server.stop() == 0)
    }
  }

  @Test func letsCommandsReadItsDataFolder() async throws {
    try await onOwnThread {
      let folder = try ServingSamples.folder()
      let server = try ServerProcess(in: folder)
      let name = ServingSamples.fileName(timestamp: 1_700_000_000_000)
      try server.drop("user-1 24,26\n".utf8, as: name, source: "aam")
      _ = try server.waitForReport(of: name, source: "aam")
      try folder.write(ServingSamples.request(buyer: "user-1"), to: "request.json")
      let explained = try NodProcess.run(
        ["explain", "--config", "nod.yaml", "--exchange", "example", "request.json"], in: folder)
      #expect(explained.status == 0)
      #expect(explained.output.contains("  acme/k/l  bids 2.5 USD\n"))
      let found = try NodProcess.run(
        ["audience", "lookup", "--json", "data", "nod:user-1"], in: folder)
      #expect(found.output == #"{"id":"nod:user-1","segments":["aam:24","aam:26"]}"# + "\n")
      #expect(try NodProcess.run(["audience", "info", "data"], in: folder).status == 0)
      #expect(try server.stop() == 0)
    }
  }

  @Test func takesChangedDocumentsOnHangup() async throws {
    try await onOwnThread {
      let folder = try ServingSamples.folder()
      let server = try ServerProcess(in: folder)
      let name = ServingSamples.fileName(timestamp: 1_700_000_000_000)
      try server.drop("user-1 24\n".utf8, as: name, source: "aam")
      try server.wait(for: "a bid") { try Self.bidsFor(server, "user-1") }
      let request = ServingSamples.request(buyer: "user-1")
      try folder.write(ServingSamples.document(amountMicros: 3_250_000), to: "acme.yaml")
      server.send(SIGHUP)
      try server.wait(seconds: Patience.promised(seconds: 2), for: "the new price") {
        try Self.price(server.post(request)) == 3.25
      }
      try folder.write("advertisers: 5", to: "acme.yaml")
      server.send(SIGHUP)
      try server.wait(for: "the refusal") {
        server.errors.contains("acme.yaml:1: /advertisers: expected a list, found `5`")
      }
      #expect(try Self.price(server.post(request)) == 3.25)
      #expect(try server.stop() == 0)
    }
  }

  @Test func answersEveryRequestWhileItReloads() async throws {
    try await onOwnThread {
      let folder = try ServingSamples.folder()
      let server = try ServerProcess(in: folder)
      let name = ServingSamples.fileName(timestamp: 1_700_000_000_000)
      try server.drop("user-1 24\n".utf8, as: name, source: "aam")
      try server.wait(for: "a bid") { try Self.bidsFor(server, "user-1") }
      var client = try TestClient(port: server.port)
      let body = Array(ServingSamples.request(buyer: "user-1").utf8)
      for round in 1...20 {
        try folder.write(
          ServingSamples.document(amountMicros: 1_000_000 + 10_000 * round), to: "acme.yaml")
        server.send(SIGHUP)
        for _ in 0..<50 {
          let answer = try client.request("POST", "/openrtb2/example", body: body)
          #expect(answer.status == 200)
          #expect(answer.header("Connection") == nil)
        }
      }
      try server.wait(for: "the last price") {
        try Self.price(server.post(ServingSamples.request(buyer: "user-1"))) == 1.2
      }
      #expect(try server.stop() == 0)
    }
  }

  @Test func saysWhatAHangupCannotChange() async throws {
    try await onOwnThread {
      let folder = try ServingSamples.folder()
      let server = try ServerProcess(in: folder)
      try folder.write(
        ServingSamples.configuration.replacing("workers: 2", with: "workers: 1"), to: "nod.yaml")
      server.send(SIGHUP)
      try server.wait(for: "the warning") { server.errors.contains("bidder.workers") }
      #expect(try server.stop() == 0)
    }
  }

  @Test func findsItsAudienceAgainAfterARestart() async throws {
    try await onOwnThread {
      let folder = try ServingSamples.folder()
      let first = try ServerProcess(in: folder)
      let name = ServingSamples.fileName(timestamp: 1_700_000_000_000)
      try first.drop("user-1 24\n".utf8, as: name, source: "aam")
      _ = try first.waitForReport(of: name, source: "aam")
      try first.kill()
      let second = try ServerProcess(in: folder)
      #expect(try Self.bidsFor(second, "user-1"))
      #expect(second.errors.contains(" 1 users, 1 line items"))
      #expect(try second.stop() == 0)
    }
  }

  @Test func servesWithoutDocumentsAndSources() async throws {
    try await onOwnThread {
      let folder = try TemporaryFolder()
      try folder.write("exchanges: [{name: example}]\n", to: "nod.yaml")
      let server = try ServerProcess(in: folder)
      #expect(try server.post(ServingSamples.request(buyer: "u")).status == 204)
      #expect(try server.post(ServingSamples.request(buyer: "u"), to: "other").status == 404)
      #expect(try server.stop() == 0)
    }
  }
}
