import Foundation
import Support
import Testing

/// Sends every body of the shared corpus, which lies outside of the package, to a real server.
@Suite struct CorpusTests {
  private static let file = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("../shared/corpus/bid-requests.ndjson")

  private static var isThere: Bool { FileManager.default.fileExists(atPath: file.path) }

  /// The body of a line: the value of its last member as it stands there, or nil.
  private static func body(of line: Substring) throws -> [UInt8] {
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    let request = try #require(object?["request"])
    return Array(
      try JSONSerialization.data(withJSONObject: request, options: [.fragmentsAllowed]))
  }

  @Test(.enabled(if: isThere))
  func answersEveryBodyOfTheCorpus() async throws {
    try await onOwnThread {
      let lines = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n")
      let server = try ServerProcess(in: ServingSamples.folder())
      var client = try TestClient(port: server.port)
      var counts: [Int: Int] = [:]
      for line in lines {
        let answer = try client.request(
          "POST", "/openrtb2/example", headers: ["Content-Type: application/json"],
          body: Self.body(of: line))
        counts[answer.status, default: 0] += 1
        #expect(answer.header("Connection")?.lowercased() != "close")
      }
      print("corpus: \(lines.count) requests, \(counts.sorted { $0.key < $1.key })")
      #expect(Set(counts.keys).isSubset(of: [200, 204, 400]))
      #expect(counts.values.reduce(0, +) == lines.count)
      #expect((counts[204] ?? 0) > lines.count / 2)
      let metrics = try server.metrics()
      #expect(
        metrics[#"nod_bid_requests_total{exchange="example"}"#] == Double(lines.count))
      #expect(try server.stop() == 0)
    }
  }
}
