import Foundation
import Logging
import Support
import Synchronization
import Testing

@testable import ControlPlane

@Suite struct RequestLogTests {
  private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
  }

  @Test func writesOneEventARequestWithoutSecrets() async throws {
    let lines = Lines()
    let logger = Logger(label: "test") {
      JSONLogHandler(label: $0, level: .info) { lines.add($0) }
    }
    try await ControlRig().serve(logger: logger) { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      let key = try root.makeKey("viewer")
      let client = AccessClient(port: port).with(key: key.text)
      _ = try client.send("GET", "/v1/me?secret=of-the-query", also: ["X-Request-ID: the-id"])
      _ = try root.send("DELETE", "/v1/keys/\(key.id)")
      _ = try AccessClient(port: port).send("POST", "/v1/session", "{\"key\":\"\(key.text)\"}")
      _ = try root.send("GET", "/some-secret-path")
    }
    let events = try lines.all.map {
      try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
    }.filter { $0["message"] == "request" }
    #expect(
      events.map { "\($0["method"]!) \($0["route"]!) \($0["status"]!)" } == [
        "POST /v1/keys 201", "GET /v1/me 200", "DELETE /v1/keys/{id} 204", "POST /v1/session 401",
        "GET - 404",
      ])
    #expect(events[1]["request_id"] == "the-id")
    #expect(events[0]["key_id"] == "token-file")
    #expect(events[1]["key_id"]?.utf8.count == 12)
    #expect(events.allSatisfy { $0["client"] == "127.0.0.1" && Double($0["duration_ms"]!) != nil })
    let text = lines.all.joined()
    for secret in [ControlRig.token, "nod_", "of-the-query", "some-secret-path"] {
      #expect(!text.contains(secret))
    }
  }
}
