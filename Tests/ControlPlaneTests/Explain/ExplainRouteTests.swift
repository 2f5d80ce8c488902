import Foundation
import Support
import Synchronization
import Testing

@testable import ControlPlane

@Suite struct ExplainRouteTests {
  /// What the port was asked.
  private final class Asked: Sendable {
    private let calls = Mutex<[(exchange: Int, bytes: Int, advertisers: Set<String>?)]>([])
    var all: [(exchange: Int, bytes: Int, advertisers: Set<String>?)] { calls.withLock { $0 } }
    func add(_ exchange: Int, _ bytes: Int, _ advertisers: Set<String>?) {
      calls.withLock { $0.append((exchange, bytes, advertisers)) }
    }
  }

  private static func rig(
    _ outcome: ExplainReport.Outcome?, _ asked: Asked = Asked()
  ) throws -> ControlRig {
    let rig = try ControlRig { parts in
      parts.explain = ExplainPort(exchanges: ["one", "two"], bodyBytes: 1_000) {
        exchange, body, advertisers in
        asked.add(exchange, body.count, advertisers)
        guard let outcome else { throw ExplainPort.Failure.busy }
        return ExplainReport(
          exchange: ["one", "two"][exchange], outcome: outcome, money: "as it is",
          lines: [
            ExplainReport.Line(
              lineItem: "acme/k/l", impressions: [.init(bid: 2.5), .init(refused: "floor")])
          ])
      }
    }
    return rig
  }

  @Test func answersWhatTheServerDecides() async throws {
    let asked = Asked()
    let outcome = ExplainReport.Outcome.bid(currency: "USD", response: Array("{}".utf8))
    try await Self.rig(outcome, asked).serve { port in
      let client = AccessClient(port: port).with(key: ControlRig.token)
      let answer = try client.send("POST", "/v1/explain/two", #"{"id":"1"}"#)
      #expect(answer.status == 200)
      #expect(
        answer.text
          == #"{"currency":"USD","exchange":"two","line_items":[{"impressions":[{"bid":2.5},"#
          + #"{"refused":"floor"}],"line_item":"acme/k/l"}],"money":"as it is","outcome":"bid","#
          + #""response":"{}"}"#)
    }
    #expect(asked.all.map(\.exchange) == [1])
    #expect(asked.all.map(\.bytes) == [10])
    #expect(asked.all.first?.advertisers == nil)
  }

  @Test func decidesForAScopedKeyAmongItsAdvertisersAlone() async throws {
    let asked = Asked()
    try await Self.rig(.noBid(reason: "size"), asked).serve { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      let key = try root.makeKey("viewer", #"["acme"]"#)
      let answer = try AccessClient(port: port).with(key: key.text)
        .send("POST", "/v1/explain/one", "{}")
      #expect(answer.status == 200)
      #expect(answer.text.contains(#""outcome":"no-bid","reason":"size""#))
    }
    #expect(asked.all.map(\.advertisers) == [["acme"]])
  }

  @Test func refusesWhatIsTooLongOrUnknownOrUnasked() async throws {
    try await Self.rig(.noBid(reason: "size")).serve { port in
      let client = AccessClient(port: port).with(key: ControlRig.token)
      let long = String(repeating: " ", count: 1_001)
      let unknown = try client.send("POST", "/v1/explain/three", "{}")
      let tooLong = try client.send("POST", "/v1/explain/one", long)
      let read = try client.send("GET", "/v1/explain/one")
      let unasked = try AccessClient(port: port).send("POST", "/v1/explain/one", "{}")
      #expect([unknown, tooLong, read, unasked].map(\.status) == [404, 413, 405, 401])
    }
  }

  @Test func saysWhenTooManyWait() async throws {
    try await Self.rig(nil).serve { port in
      let answer = try AccessClient(port: port).with(key: ControlRig.token)
        .send("POST", "/v1/explain/one", "{}")
      #expect(answer.status == 503)
      #expect(answer.header("Retry-After") == "1")
      #expect(answer.header("Content-Type") == "application/problem+json")
    }
  }

  @Test(
    arguments: [
      ("json", "", "not JSON"), ("notAnObject", "", "not a JSON object"),
      ("noID", "/id", "not empty"), ("noImpressions", "/imp", "not empty"),
      ("impressionWithoutID", "/imp", "no `id`"),
      ("duplicateImpressionID", "/imp", "the same `id`"),
    ])
  func namesTheRuleThatABodyBreaks(_ rule: String, _ pointer: String, _ words: String) async throws
  {
    try await Self.rig(.malformed(rule: rule)).serve { port in
      let answer = try AccessClient(port: port).with(key: ControlRig.token)
        .send("POST", "/v1/explain/one", "{}")
      #expect(answer.status == 400)
      #expect(answer.text.contains("\"pointer\":\"\(pointer)\""), "\(answer.text)")
      #expect(answer.text.contains(words), "\(answer.text)")
    }
  }
}
