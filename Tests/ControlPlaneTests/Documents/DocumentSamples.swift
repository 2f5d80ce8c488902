import Foundation
import Support

@testable import ControlPlane

/// Documents that the tests start from, and a client that speaks of them.
enum DocumentSamples {
  /// Two campaigns with a line item each, and two creatives.
  static func advertiser(_ id: String = "acme", daily: Int = 50_000_000) -> String {
    """
    advertisers:
      - id: \(id)
        domain: \(id).example
        creatives:
          - {id: c, format: banner, w: 300, h: 250, markup: <b>c</b>, landing_url: "https://a.example/"}
          - {id: d, format: banner, w: 728, h: 90, markup: <b>d</b>, landing_url: "https://a.example/"}
        campaigns:
          - id: spring
            budget: {daily_micros: \(daily)}
            line_items:
              - {id: x, bid: {model: cpm, amount_micros: 2500000}, creatives: [c]}
          - id: autumn
            status: paused
            budget: {total_micros: 1000000}
            line_items:
              - {id: y, bid: {model: cpm, amount_micros: 1000000}, creatives: [c, d]}
    """
  }
}

/// A client of the control plane with the administrator's key, on one connection.
struct DocumentClient: ~Copyable {
  private var client: TestClient

  init(port: UInt16) throws { client = try TestClient(port: port) }

  /// Sends a request; a body is JSON unless the fields say otherwise.
  mutating func send(
    _ method: String, _ path: String, _ body: String? = nil, _ fields: [String] = []
  ) throws -> TestAnswer {
    try client.request(
      method, path, headers: ["Authorization: Bearer \(ControlRig.token)"] + fields,
      body: body.map { Array($0.utf8) })
  }

  /// Applies a document and returns the answer.
  mutating func apply(_ document: String, _ query: String = "") throws -> TestAnswer {
    try send("POST", "/v1/apply\(query)", document)
  }
}

extension TestAnswer {
  /// The body as a JSON map.
  var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
  }

  /// The maps of a list in the body.
  func list(_ key: String) -> [[String: Any]] { json[key] as? [[String: Any]] ?? [] }

  /// The pointers of all faults.
  var pointers: [String] { list("errors").compactMap { $0["pointer"] as? String } }
}
