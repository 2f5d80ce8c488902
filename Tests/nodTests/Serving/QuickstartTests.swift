import Foundation
import Support
import Testing

/// Holds a real server on the quickstart to `expected.json`, bid by bid.
@Suite struct QuickstartTests {
  private struct Expectation: Decodable {
    struct Bid: Decodable, Hashable {
      let impid: String
      let lineItem: String?
      let price: Double?
      let dealid: String?

      enum CodingKeys: String, CodingKey {
        case impid
        case lineItem = "line_item"
        case price
        case dealid
      }
    }

    let name: String
    let exchange: String
    let outcome: String
    let reason: String?
    let cur: String?
    let bids: [Bid]?
    let others: Bool?
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let example = root.appendingPathComponent("examples/quickstart")

  private static func server(in folder: TemporaryFolder) throws -> ServerProcess {
    try ServerProcess(
      in: folder, configuration: "examples/quickstart/nod.yaml", currentFolder: root,
      environment: [
        "NOD_DATA_DIR": folder.path("data"), "NOD_AUDIENCE_INBOX": folder.path("inbox"),
        "NOD_BIDDER_NOTICE_KEY_FILE": folder.path("notice.key"),
        "NOD_CONTROL_TOKEN_FILE": folder.path("control.token"),
      ])
  }

  private static func dropFiles(into server: ServerProcess) throws {
    let manager = FileManager.default
    let audience = example.appendingPathComponent("audience")
    for source in try manager.contentsOfDirectory(atPath: audience.path).sorted() {
      let files = audience.appendingPathComponent(source)
      let names = try manager.contentsOfDirectory(atPath: files.path)
      for name in names.sorted(by: { $0.hasSuffix(".info") && !$1.hasSuffix(".info") }) {
        try server.drop(
          Data(contentsOf: files.appendingPathComponent(name)), as: name, source: source)
      }
      for name in names where !name.hasSuffix(".info") {
        #expect(try server.waitForReport(of: name, source: source).status == "done", "\(name)")
      }
    }
  }

  /// What is wrong with an answer, or nil.
  private static func fault(_ answer: TestAnswer, _ expected: Expectation) throws -> String? {
    if expected.outcome == "no-bid" {
      let reason = answer.header("X-Nod-Reason") ?? "status \(answer.status)"
      return answer.status == 204 && reason == expected.reason ? nil : reason
    }
    guard answer.status == 200,
      let response = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
    else { return answer.header("X-Nod-Reason") ?? "status \(answer.status)" }
    guard (response["cur"] as? String ?? "USD") == expected.cur else { return "wrong currency" }
    let seats = response["seatbid"] as? [[String: Any]] ?? []
    let bids = seats.flatMap { $0["bid"] as? [[String: Any]] ?? [] }
    for wanted in expected.bids ?? [] {
      guard bids.contains(where: { matches($0, wanted) }) else {
        return "no bid like \(wanted) in \(answer.text)"
      }
    }
    let isComplete = bids.count == expected.bids?.count || expected.others == true
    return isComplete ? nil : "\(bids.count) bids in \(answer.text)"
  }

  private static func matches(_ bid: [String: Any], _ wanted: Expectation.Bid) -> Bool {
    let campaign = wanted.lineItem?.split(separator: "/").dropFirst().first.map(String.init)
    return bid["impid"] as? String == wanted.impid
      && (wanted.price == nil || bid["price"] as? Double == wanted.price)
      && (campaign == nil || (bid["cid"] as? String)?.contains(campaign ?? "") == true)
      && bid["dealid"] as? String == wanted.dealid
  }

  @Test func answersEachRequestAsExpected() async throws {
    try await onOwnThread {
      let folder = try TemporaryFolder()
      let server = try Self.server(in: folder)
      try Self.dropFiles(into: server)
      let expectations = try JSONDecoder().decode(
        [Expectation].self,
        from: Data(contentsOf: Self.example.appendingPathComponent("expected.json")))
      let lines = try String(
        contentsOf: Self.example.appendingPathComponent("requests.ndjson"), encoding: .utf8
      ).split(separator: "\n")
      #expect(lines.count == expectations.count)
      try server.wait(seconds: Patience.promised(seconds: 2), for: "the last file to show") {
        try server.metrics()["nod_audience_users"] ?? 0 > 4_000
      }
      var client = try TestClient(port: server.port)
      for (line, expected) in zip(lines, expectations) {
        let start = try #require(line.range(of: "\"request\":"))
        let answer = try client.request(
          "POST", "/openrtb2/\(expected.exchange)", headers: ["Content-Type: application/json"],
          body: Array(line[start.upperBound...].utf8.dropLast()))
        let fault = try Self.fault(answer, expected)
        #expect(fault == nil, "\(expected.name)")
      }
      #expect(try server.stop() == 0)
    }
  }
}
