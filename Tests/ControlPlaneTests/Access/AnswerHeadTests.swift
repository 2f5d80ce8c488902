import Foundation
import Support
import Testing

@testable import ControlPlane

@Suite struct AnswerHeadTests {
  @Test(arguments: ["/", "/metrics", "/openapi.yaml", "/v1/me", "/v1/keys", "/nothing", "/v1/x"])
  func everyAnswerKeepsBrowsersInBounds(_ path: String) async throws {
    try await ControlRig().serve { port in
      for method in ["GET", "HEAD", "PUT"] {
        let answer = try AccessClient(port: port).send(method, path)
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
        #expect(answer.header("Referrer-Policy") == "no-referrer")
        #expect(answer.header("X-Frame-Options") == "DENY")
        #expect(answer.header("Server") == nil)
        let policy = try #require(answer.header("Content-Security-Policy"))
        #expect(policy.hasPrefix("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        if path.hasPrefix("/v1") { #expect(answer.header("Cache-Control") == "no-store") }
      }
    }
  }

  @Test func takesOverTheIDOfAClient() async throws {
    try await ControlRig().serve { port in
      let root = AccessClient(port: port).with(key: ControlRig.token)
      for id in ["a", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", String(repeating: "x", count: 64)] {
        let answer = try root.send("GET", "/v1/me", also: ["X-Request-ID: \(id)"])
        #expect(answer.header("x-request-id") == id)
      }
      for id in ["a b", "a\"b", "", "é", String(repeating: "x", count: 65), "a/../b"] {
        let answer = try root.send("GET", "/v1/me", also: ["X-Request-ID: \(id)"])
        let given = try #require(answer.header("x-request-id"))
        #expect(given != id && !given.isEmpty)
      }
      _ = try root.send(
        "POST", "/v1/keys", #"{"name":"n","role":"viewer","advertisers":null}"#,
        also: ["X-Request-ID: from-the-client"])
      #expect(
        try root.send("GET", "/v1/audit").text.contains(#""request_id":"from-the-client""#))
    }
  }
}
